package dev.banyan.app.comparing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.app.comparing.MismatchJournal.Sighting;
import dev.banyan.app.privacy.Privacy;
import dev.banyan.parity.Body;
import dev.banyan.parity.Comparer;
import dev.banyan.parity.Comparison;
import dev.banyan.parity.Difference;
import dev.banyan.parity.Headers;
import dev.banyan.parity.RequestCopy;
import dev.banyan.parity.Signature;
import dev.banyan.parity.Varying;
import dev.banyan.parity.privacy.Masking;
import dev.banyan.proxy.ShadowedExchange.Pair;
import dev.banyan.rules.CompareProfile;
import dev.banyan.rules.CompareProfile.Accepted;
import dev.banyan.rules.CompareProfile.Tolerance;
import dev.banyan.rules.CompareRule;
import dev.banyan.rules.PrivateFields;
import dev.banyan.rules.ProtobufTypes;
import dev.banyan.rules.protobuf.DescriptorReader;
import dev.banyan.rules.protobuf.DescriptorSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Exemplars that are compared again under other rules. */
class RejudgeTest {
  private static final Masking MASKING =
      Masking.with(new byte[32], PrivateFields.of(List.of("name")));
  private static final CompareProfile STRICT = CompareProfile.STRICT;
  private static final Path SET =
      Path.of("../../contract-tests/parity/src/test/resources/protobuf/orders.binpb");
  private static final RequestCopy GET_ORDER =
      new RequestCopy("POST", "/shop.v1.Orders/Get", Headers.NONE, Body.EMPTY);

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
  void messagesOfGrpcAreJudgedByTheirFields() throws IOException {
    CompareProfile typed = typed(orders(SET));
    Sighting status = sighting(order(), typed, "messages[*].status");

    assertThat(judge(typed, status)).isEqualTo(new Standing.Mismatch());
    assertThat(
            judge(
                typed.withTolerances(
                    List.of(new Tolerance("open", "messages[*].status", "value", "me", "because"))),
                status))
        .isEqualTo(new Standing.Tolerated(List.of("open")));
    assertThat(status.exemplars().getFirst().control().body())
        .contains("\"status\": \"STATUS_SHIPPED\"");
  }

  @Test
  void messagesThatWereReadByOtherTypesAreStale() throws IOException {
    CompareProfile typed = typed(orders(SET));
    DescriptorSet longer = longer();

    assertThat(judge(STRICT, sighting(order(), typed, "messages[*].status")))
        .isEqualTo(new Standing.Stale());
    assertThat(
            judge(
                typed(new ProtobufTypes(longer, Optional.empty())),
                sighting(order(), typed, "messages[*].status")))
        .isEqualTo(new Standing.Stale());
    assertThat(judge(typed, sighting(order(), STRICT, "messages[*].fields['3']")))
        .isEqualTo(new Standing.Stale());
    assertThat(judge(STRICT, sighting(order(), STRICT, "messages[*].fields['3']")))
        .isEqualTo(new Standing.Mismatch());
  }

  @Test
  void aPlainMessageThatWasComparedByItsBytesIsStaleOnceThereAreTypes() throws IOException {
    byte[] control = HexFormat.of().parseHex("08011802");
    byte[] candidate = HexFormat.of().parseHex("08011801");
    Pair pair = Pairs.bodies(GET_ORDER, control, candidate, "application/x-protobuf");
    Sighting bytes = sighting(pair, STRICT, "body");
    ProtobufTypes types = new ProtobufTypes(orders(SET).set(), Optional.of("shop.v1.Order"));

    assertThat(judge(STRICT, bytes)).isEqualTo(new Standing.Mismatch());
    assertThat(judge(typed(types), bytes)).isEqualTo(new Standing.Stale());
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
    return new Rejudge(profile, Varying.NOTHING).of(sighting);
  }

  private static CompareProfile with(Tolerance tolerance) {
    return new CompareProfile(
        "p", STRICT.headers(), STRICT.arrays(), STRICT.keys(), STRICT.rules(), List.of(tolerance));
  }

  private static CompareProfile typed(ProtobufTypes types) {
    return new CompareProfile(
        "p",
        STRICT.headers(),
        STRICT.arrays(),
        STRICT.keys(),
        STRICT.rules(),
        List.of(),
        Optional.of(types));
  }

  private static CompareProfile naming(String header) {
    return new CompareProfile("p", Set.of(header), STRICT.arrays(), List.of());
  }

  /** Of gRPC: one message each, with another status. */
  private static Pair order() {
    return Pairs.bodies(
        GET_ORDER,
        HexFormat.of().parseHex("000000000408011802"),
        HexFormat.of().parseHex("000000000408011801"),
        "application/grpc");
  }

  private static ProtobufTypes orders(Path set) throws IOException {
    return new ProtobufTypes(read(Files.readAllBytes(set)), Optional.empty());
  }

  /** The same types with a field more that no reader knows. */
  private static DescriptorSet longer() throws IOException {
    byte[] set = Files.readAllBytes(SET);
    byte[] longer = Arrays.copyOf(set, set.length + 3);
    System.arraycopy(new byte[] {(byte) 0xa0, 0x06, 1}, 0, longer, set.length, 3);
    return read(longer);
  }

  private static DescriptorSet read(byte[] set) {
    return ((DescriptorReader.Outcome.Linked) DescriptorReader.read(set)).set();
  }

  /** As the journal has it: found by a profile, and masked. */
  private static Sighting sighting(Pair pair, CompareProfile profile, String location) {
    Comparer comparer = Comparer.of(profile);
    Comparison found = comparer.compare(pair.request(), pair.control(), pair.candidate());
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
