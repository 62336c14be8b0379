package dev.banyan.parity.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.parity.Body;
import dev.banyan.parity.Comparer;
import dev.banyan.parity.Comparison;
import dev.banyan.parity.Difference;
import dev.banyan.parity.Headers;
import dev.banyan.parity.Observation;
import dev.banyan.parity.RequestCopy;
import dev.banyan.parity.Spot;
import dev.banyan.rules.CompareProfile;
import dev.banyan.rules.CompareProfile.Tolerance;
import java.util.List;
import org.junit.jupiter.api.Test;

class MaskedMismatchTest {
  private static final Comparer STRICT = Comparer.of(CompareProfile.STRICT);
  private static final RequestCopy REQUEST = new RequestCopy("GET", "/a", Headers.NONE, Body.EMPTY);

  private final Masking masking = Given.MASKING;

  @Test
  void whatIsFoundBetweenOriginalsIsFoundBetweenTheMaskedOnesToo() {
    Observation.Answered control =
        Given.answer(
            "application/json",
            "{\"name\":\"Jane\",\"n\":1,\"same\":\"a@b.example\",\"mail\":\"x@y.example\","
                + "\"gone\":{\"name\":\"Joe\"},\"k@b.example\":1}");
    Observation.Answered candidate =
        Given.answer(
            "application/json",
            "{\"name\":\"jane\",\"n\":2,\"same\":\"a@b.example\",\"mail\":\"z@y.example\","
                + "\"k@b.example\":2}");
    Comparison.Mismatch found = (Comparison.Mismatch) STRICT.compare(control, candidate);

    MaskedMismatch masked = MaskedMismatch.of(masking, STRICT, REQUEST, control, candidate, found);

    assertThat(masked.toString()).doesNotContain("Jane", "jane", "Joe", "example");
    assertThat(masked.mismatch().differences())
        .extracting(d -> d.location().replaceAll("\\['.*", "['…']") + " " + d.kind().word())
        .containsExactlyInAnyOrder(
            "$.name value", "$.n value", "$.mail value", "$.gone missing", "$['…'] value");
    assertThat(masked.mismatch().differences())
        .allSatisfy(d -> assertThat(d.control()).isNotEqualTo(d.candidate()));
    assertThat(fragment(masked, "$.n").control()).isEqualTo("1");
    assertThat(fragment(masked, "$.name").diagnosis().name())
        .isEqualTo(found.differences().getFirst().diagnosis().name())
        .isNotEmpty();
  }

  @Test
  void whatARuleAcceptedBetweenOriginalsOnlyIsNotFoundAgain() {
    Comparer rules = Comparer.of(CompareProfile.DOTNET_JSON);
    Observation.Answered control =
        Given.answer(
            "application/json",
            "{\"name\":\"c9a646d3-9c61-4cb7-bfcd-ee2522c8f633\",\"at\":\"2026-01-01T00:00:00Z\"}");
    Observation.Answered candidate =
        Given.answer(
            "application/json",
            "{\"name\":\"C9A646D3-9C61-4CB7-BFCD-EE2522C8F633\",\"at\":\"2026-01-01T00:00:00+00:00\"}");

    Comparison byRules = rules.compare(control, candidate);
    Comparison strictly = STRICT.compare(control, candidate);

    assertThat(byRules).isInstanceOf(Comparison.Tolerated.class);
    assertThat(again(rules, control, candidate, byRules)).containsExactly("$.at value");
    assertThat(again(STRICT, control, candidate, strictly))
        .containsExactlyInAnyOrder("$.name value", "$.at value");
  }

  @Test
  void whatAToleranceAcceptsIsFoundAgainWithItsMaskedValues() {
    Comparer comparer =
        Comparer.of(
            CompareProfile.STRICT.withTolerances(
                List.of(new Tolerance("n", "$.name", "value", "me", "because"))));
    Observation.Answered control = Given.answer("application/json", "{\"name\":\"Jane\"}");
    Observation.Answered candidate = Given.answer("application/json", "{\"name\":\"Joan\"}");
    Comparison found = comparer.compare(control, candidate);

    MaskedMismatch masked =
        MaskedMismatch.of(masking, comparer, REQUEST, control, candidate, found);

    assertThat(masked.again()).containsExactly(new Spot("$.name", Difference.Kind.VALUE));
    assertThat(fragment(masked, "$.name").control()).isEqualTo('"' + masking.whole("Jane") + '"');
  }

  private List<String> again(
      Comparer comparer,
      Observation.Answered control,
      Observation.Answered candidate,
      Comparison found) {
    return MaskedMismatch.of(masking, comparer, REQUEST, control, candidate, found).again().stream()
        .map(spot -> spot.location() + " " + spot.kind().word())
        .toList();
  }

  @Test
  void aFindingInMessagesOfGrpcKeepsItsPlaceAndShowsNoBytes() {
    Observation.Answered control =
        Given.answer("application/grpc", "\u0000\u0000\u0000\u0000\u0002ab");
    Observation.Answered candidate =
        Given.answer("application/grpc", "\u0000\u0000\u0000\u0000\u0002ac");
    Comparison.Mismatch found = (Comparison.Mismatch) STRICT.compare(control, candidate);

    MaskedMismatch masked = MaskedMismatch.of(masking, STRICT, REQUEST, control, candidate, found);

    assertThat(masked.mismatch().differences())
        .extracting(Difference::location)
        .containsExactlyElementsOf(found.differences().stream().map(Difference::location).toList());
    for (Difference difference : found.differences()) {
      assertThat(masked.toString()).doesNotContain(difference.control(), difference.candidate());
    }
  }

  private static Difference fragment(MaskedMismatch masked, String location) {
    return masked.mismatch().differences().stream()
        .filter(difference -> difference.location().equals(location))
        .findFirst()
        .orElseThrow();
  }
}
