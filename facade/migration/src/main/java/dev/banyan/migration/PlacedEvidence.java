package dev.banyan.migration;

import java.util.Optional;

/**
 * A window's evidence and where it belongs, read together.
 *
 * @param place none as long as no table was told of ({@link EvidenceWindows#follow})
 */
public record PlacedEvidence(Optional<EvidencePlace> place, Evidence evidence) {}
