package dev.banyan.app.comparing;

import dev.banyan.app.comparing.MismatchJournal.Sighting;
import dev.banyan.app.privacy.Privacy;
import dev.banyan.parity.Comparer;
import dev.banyan.parity.Comparison;
import dev.banyan.parity.Difference;
import dev.banyan.parity.Signature;
import dev.banyan.parity.Varying;
import dev.banyan.parity.privacy.Masking;
import dev.banyan.proxy.ShadowedExchange.Pair;
import dev.banyan.rules.CompareProfile;
import dev.banyan.rules.PrivateFields;
import java.time.Instant;
import java.util.List;

/** Signatures as the journal has them: found by a profile, and masked. */
final class Sighted {
  private static final Masking MASKING =
      Masking.with(new byte[32], PrivateFields.of(List.of("name")));

  private Sighted() {}

  static Standing judge(CompareProfile profile, Sighting sighting) {
    return new Rejudge(profile, Varying.NOTHING).of(sighting);
  }

  static Sighting sighting(Pair pair, CompareProfile profile, String location) {
    return sighting(pair, profile, location, Varying.NOTHING);
  }

  static Sighting sighting(Pair pair, CompareProfile profile, String location, Varying varying) {
    Comparer comparer = Comparer.of(profile);
    Comparison found = comparer.compare(pair.request(), pair.control(), pair.candidate(), varying);
    List<Difference> differences =
        switch (found) {
          case Comparison.Mismatch mismatch -> mismatch.differences();
          case Comparison.Tolerated tolerated -> tolerated.differences();
          default -> throw new AssertionError(found);
        };
    Difference there =
        differences.stream()
            .filter(one -> one.location().equals(location))
            .findFirst()
            .orElseThrow(() -> new AssertionError(differences));
    Privacy.Shown shown = Privacy.Shown.masked(MASKING, pair, found, comparer);
    return new Sighting(
        Signature.of(there),
        new Standing.Mismatch(),
        1,
        Instant.EPOCH,
        Instant.EPOCH,
        List.of(Exemplar.of(shown, Instant.EPOCH, profile)));
  }
}
