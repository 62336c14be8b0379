package dev.banyan.app.comparing;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.banyan.rules.CompareProfile.Tolerance;
import dev.banyan.rules.PrivateFields;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Exemplars that are compared again under other rules. */
class RejudgeTest {
  private static final Masking MASKING = Masking.with(new byte[32], PrivateFields.NONE);
  private static final CompareProfile STRICT = CompareProfile.STRICT;

  @Test
  void aNewToleranceAcceptsItAndAnotherPlaceStaysAMismatch() {
    Pair pair = Pairs.json("{\"a\":1,\"b\":1}", "{\"a\":2,\"b\":2}");
    Sighting a = sighting(pair, "$.a");
    Sighting b = sighting(pair, "$.b");
    CompareProfile more = with(new Tolerance("known", "$.a", "value", "me", "because"));

    assertThat(judge(STRICT, a)).isEqualTo(new Standing.Mismatch());
    assertThat(judge(more, a)).isEqualTo(new Standing.Tolerated(List.of("known")));
    assertThat(judge(more, b)).isEqualTo(new Standing.Mismatch());
  }

  @Test
  void whatIsAcceptedAloneNamesTheToleranceToo() {
    Sighting a = sighting(Pairs.json("{\"a\":1}", "{\"a\":2}"), "$.a");

    assertThat(judge(with(new Tolerance("known", "$.a", "value", "me", "because")), a))
        .isEqualTo(new Standing.Tolerated(List.of("known")));
  }

  @Test
  void aDifferenceThatIsNotLookedForAnyMoreIsMatched() {
    Pair pair = Pairs.json("{\"a\":[1,2]}", "{\"a\":[2,1]}");
    Sighting order = sighting(pair, "$.a");
    CompareProfile unordered =
        new CompareProfile(
            "p",
            STRICT.headers(),
            CompareProfile.Arrays.UNORDERED,
            STRICT.keys(),
            STRICT.rules(),
            List.of());

    assertThat(judge(unordered, order)).isEqualTo(new Standing.Matched());
  }

  @Test
  void whatCannotBeComparedAgainIsStaleAndNeverMatched() {
    Sighting kept = sighting(Pairs.json("{\"a\":1}", "{\"a\":2}"), "$.a");
    Sighting shown =
        new Sighting(
            kept.signature(),
            kept.standing(),
            1,
            Instant.EPOCH,
            Instant.EPOCH,
            kept.exemplars().stream().map(Exemplar::shown).toList());

    assertThat(judge(STRICT, shown)).isEqualTo(new Standing.Stale());
  }

  @Test
  void aCandidateThatFailedStaysAMismatch() {
    Sighting failed =
        new Sighting(
            new Signature("candidate", Difference.Kind.FAILURE, ""),
            new Standing.Stale(),
            1,
            Instant.EPOCH,
            Instant.EPOCH,
            List.of());

    assertThat(judge(STRICT, failed)).isEqualTo(new Standing.Mismatch());
  }

  private static Standing judge(CompareProfile profile, Sighting sighting) {
    return new Rejudge(profile, Varying.NOTHING, MASKING).of(sighting);
  }

  private static CompareProfile with(Tolerance tolerance) {
    return new CompareProfile(
        "p", STRICT.headers(), STRICT.arrays(), STRICT.keys(), STRICT.rules(), List.of(tolerance));
  }

  /** As the journal has it: found by the strict profile. */
  private static Sighting sighting(Pair pair, String location) {
    Comparison.Mismatch found =
        (Comparison.Mismatch) Comparer.of(STRICT).compare(pair.control(), pair.candidate());
    Difference there =
        found.differences().stream()
            .filter(one -> one.location().equals(location))
            .findFirst()
            .orElseThrow();
    return new Sighting(
        Signature.of(there),
        new Standing.Mismatch(),
        1,
        Instant.EPOCH,
        Instant.EPOCH,
        List.of(Exemplar.of(new Privacy.Shown(pair, found), Instant.EPOCH)));
  }
}
