package dev.banyan.migration;

import dev.banyan.rules.Stage;
import java.util.Optional;

/**
 * One change of one route's stage, as it is asked to be written down.
 *
 * @param who the authenticated person or system
 * @param why in their words; never empty for an override
 * @param verdict the verdict's text at that moment
 * @param evidenceDigest SHA-256 of the evidence that was judged, lower-case hex; none for a
 *     rollback
 * @param rulesDigest digest of the rule set in force
 */
public record StageChange(
    String routeId,
    Stage from,
    Stage to,
    String who,
    String why,
    String verdict,
    Optional<String> evidenceDigest,
    String rulesDigest) {}
