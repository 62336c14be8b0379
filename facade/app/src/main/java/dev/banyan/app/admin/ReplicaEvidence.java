package dev.banyan.app.admin;

import dev.banyan.migration.Evidence;
import dev.banyan.migration.MergedEvidence;
import dev.banyan.migration.MergedEvidence.Life;
import dev.banyan.migration.MergedEvidence.Part;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one replica contributes to a route's evidence.
 *
 * @param self whether it is the one that answers
 * @param live whether it was heard of within the last seconds
 * @param version the candidate version that its window is about; null where no answer names one
 * @param counted whether it is in the sum: windows of another version are not
 */
record ReplicaEvidence(
    String id,
    boolean self,
    boolean live,
    @Nullable String version,
    boolean counted,
    Instant since,
    Instant at,
    long requests,
    long matched,
    long tolerated,
    long mismatched) {

  static List<ReplicaEvidence> of(MergedEvidence merged, String self) {
    return merged.parts().stream().map(part -> of(part, self)).toList();
  }

  private static ReplicaEvidence of(Part part, String self) {
    Evidence seen = part.from().evidence();
    return new ReplicaEvidence(
        part.from().replica(),
        part.from().replica().equals(self),
        part.from().life() == Life.LIVE,
        seen.version().orElse(null),
        part.use() == MergedEvidence.Use.COUNTED,
        seen.since(),
        seen.at(),
        seen.requests(),
        seen.matched(),
        seen.tolerated(),
        seen.mismatched());
  }
}
