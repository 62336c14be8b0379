package dev.banyan.app.comparing;

import static dev.banyan.app.comparing.Sighted.judge;
import static dev.banyan.app.comparing.Sighted.sighting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.app.comparing.MismatchJournal.Sighting;
import dev.banyan.parity.Difference;
import dev.banyan.parity.Headers;
import dev.banyan.parity.Signature;
import dev.banyan.parity.Varying;
import dev.banyan.proxy.ShadowedExchange.Pair;
import dev.banyan.rules.CompareProfile;
import dev.banyan.rules.CompareProfile.Accepted;
import dev.banyan.rules.CompareProfile.Tolerance;
import dev.banyan.rules.CompareRule;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Exemplars that are compared again under other rules. */
class RejudgeTest {
  private static final CompareProfile STRICT = CompareProfile.STRICT;

  @Test
  void aNewToleranceAcceptsItAndAnotherPlaceStaysAMismatch() {
    Pair pair = Pairs.json("{\"a\":1,\"b\":1}", "{\"a\":2,\"b\":2}");
    Sighting a = sighting(pair, STRICT, "$.a");
    Sighting b = sighting(pair, STRICT, "$.b");
    CompareProfile more = with(new Tolerance("known", "$.a", "value", "me", "because"));

    assertThat(judge(STRICT, a)).isEqualTo(new Standing.Mismatch());
    assertThat(judge(more, a)).isEqualTo(new Standing.Tolerated(List.of("known")));
    assertThat(judge(more, b)).isEqualTo(new Standing.Mismatch());
  }

  @Test
  void whatIsAcceptedAloneNamesTheToleranceToo() {
    Sighting a = sighting(Pairs.json("{\"a\":1}", "{\"a\":2}"), STRICT, "$.a");

    assertThat(judge(with(new Tolerance("known", "$.a", "value", "me", "because")), a))
        .isEqualTo(new Standing.Tolerated(List.of("known")));
  }

  @Test
  void aRuleForAllPlacesIsNamedBesideAnotherMismatch() {
    Pair pair = Pairs.json("{\"lead\":\"1.01:30:00\",\"n\":1}", "{\"lead\":\"P1DT1H30M\",\"n\":2}");
    Sighting lead = sighting(pair, STRICT, "$.lead");
    CompareProfile everywhere =
        with(
            new Tolerance(
                "spans",
                CompareProfile.EVERYWHERE,
                new Accepted.Rule(CompareRule.TIME_TIMESPAN),
                "me",
                "because",
                Optional.empty()));

    assertThat(judge(everywhere, lead)).isEqualTo(new Standing.Tolerated(List.of("spans")));
    assertThat(judge(CompareProfile.DOTNET_JSON, lead)).isEqualTo(new Standing.Mismatch());
  }

  @Test
  void aSafeRuleIsNamedBesideAnotherMismatch() {
    Pair pair =
        Pairs.json(
            "{\"at\":\"2026-01-01T00:00:00Z\",\"n\":1}",
            "{\"at\":\"2026-01-01T00:00:00+00:00\",\"n\":2}");

    assertThat(judge(CompareProfile.DOTNET_JSON, sighting(pair, STRICT, "$.at")))
        .isEqualTo(new Standing.Tolerated(List.of("time.utc")));
  }

  @Test
  void aToleranceOfAnotherKindAtTheSamePlaceIsNotNamed() {
    Pair pair = Pairs.json("{\"a\":[1,2],\"n\":1}", "{\"a\":[2,1],\"n\":2}");
    Sighting order = sighting(pair, STRICT, "$.a");
    CompareProfile unordered =
        new CompareProfile(
            "p",
            STRICT.headers(),
            CompareProfile.Arrays.UNORDERED,
            List.of(new Tolerance("other", "$.a", "missing", "me", "because")));

    assertThat(judge(unordered, order)).isEqualTo(new Standing.Matched());
  }

  @Test
  void everyPlaceThatOneRuleAcceptsIsTolerated() {
    StringBuilder control = new StringBuilder("{");
    StringBuilder candidate = new StringBuilder("{");
    for (int i = 0; i < 40; i++) {
      control.append("\"t%d\":\"2026-01-01T00:00:00Z\",".formatted(i));
      candidate.append("\"t%d\":\"2026-01-01T00:00:00+00:00\",".formatted(i));
    }
    Pair pair = Pairs.json(control + "\"z\":1}", candidate + "\"z\":1}");

    assertThat(judge(CompareProfile.DOTNET_JSON, sighting(pair, STRICT, "$.t39")))
        .isEqualTo(new Standing.Tolerated(List.of("time.utc")));
  }

  @Test
  void aDifferenceThatIsNotLookedForAnyMoreIsMatched() {
    Pair pair = Pairs.json("{\"a\":[1,2]}", "{\"a\":[2,1]}");
    Sighting order = sighting(pair, STRICT, "$.a");
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
    Sighting kept = sighting(Pairs.json("{\"a\":1}", "{\"a\":2}"), STRICT, "$.a");
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
  void whatIsNotFoundBetweenTheKeptSidesIsStale() {
    CompareProfile named = naming("content-encoding");
    Pair pair =
        Pairs.headers(List.of(new Headers.Field("Content-Encoding", "identity")), List.of());

    Sighting gone = sighting(pair, named, "header.content-encoding");

    assertThat(judge(named, gone)).isEqualTo(new Standing.Stale());
    assertThat(judge(STRICT, gone)).isEqualTo(new Standing.Stale());
  }

  @Test
  void whatARuleAcceptedThatDoesNotSeeItBetweenPseudonymsIsStale() {
    Pair pair =
        Pairs.json(
            "{\"name\":\"c9a646d3-9c61-4cb7-bfcd-ee2522c8f633\"}",
            "{\"name\":\"C9A646D3-9C61-4CB7-BFCD-EE2522C8F633\"}");

    assertThat(
            judge(CompareProfile.DOTNET_JSON, sighting(pair, CompareProfile.DOTNET_JSON, "$.name")))
        .isEqualTo(new Standing.Stale());
  }

  @Test
  void whatWasLetPassAsNoiseIsAMismatchOnceItIsNone() {
    Varying noise = (location, control, candidate) -> true;
    Pair pair = Pairs.json("{\"a\":1}", "{\"a\":2}");

    Sighting a = sighting(pair, STRICT, "$.a", noise);

    assertThat(judge(STRICT, a)).isEqualTo(new Standing.Mismatch());
    assertThat(new Rejudge(STRICT, noise).of(a))
        .isEqualTo(new Standing.Tolerated(List.of(Varying.NAME)));
  }

  @Test
  void anotherStatusOfGrpcInTheTrailersStaysAMismatch() {
    Pair pair =
        Pairs.trailers(
            List.of(new Headers.Field("grpc-status", "0")),
            List.of(new Headers.Field("grpc-status", "5")));

    assertThat(judge(STRICT, sighting(pair, STRICT, "trailer.grpc-status")))
        .isEqualTo(new Standing.Mismatch());
  }

  @Test
  void aCookieThatTheCandidateDropsStaysAMismatchAndItsValueIsNotKept() {
    CompareProfile named = naming("set-cookie");
    Pair pair =
        Pairs.headers(
            List.of(
                new Headers.Field("Set-Cookie", "login=s3cr3t-value; Path=/; HttpOnly"),
                new Headers.Field("Set-Cookie", "s3cr3t-without-a-name")),
            List.of());

    Sighting login = sighting(pair, named, "header.set-cookie");

    assertThat(judge(named, login)).isEqualTo(new Standing.Mismatch());
    assertThat(login.exemplars().toString())
        .contains("login=<masked>; httponly; path=/")
        .doesNotContain("s3cr3t");
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

  private static CompareProfile with(Tolerance tolerance) {
    return new CompareProfile(
        "p", STRICT.headers(), STRICT.arrays(), STRICT.keys(), STRICT.rules(), List.of(tolerance));
  }

  private static CompareProfile naming(String header) {
    return new CompareProfile("p", Set.of(header), STRICT.arrays(), List.of());
  }
}
