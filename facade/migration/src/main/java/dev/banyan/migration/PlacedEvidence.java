package dev.banyan.migration;

import java.util.Optional;

/**
 * A window's evidence and where it belongs, read together.
 *
 * @param place none as long as no table was told of ({@link EvidenceWindows#follow})
 * @param rules digest of the rules that it is about; none as long as nobody said so ({@link
 *     EvidenceWindows#under})
 */
public record PlacedEvidence(
    Optional<EvidencePlace> place, Optional<String> rules, Evidence evidence) {}
