package dev.banyan.parity.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.parity.Comparer;
import dev.banyan.parity.Comparison;
import dev.banyan.parity.Difference;
import dev.banyan.parity.Observation;
import dev.banyan.rules.CompareProfile;
import org.junit.jupiter.api.Test;

class MaskedMismatchTest {
  private static final Comparer STRICT = Comparer.of(CompareProfile.STRICT);

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

    MaskedMismatch masked = MaskedMismatch.of(masking, STRICT, control, candidate, found);

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
  void aFindingInABodyThatIsNotKeptKeepsItsPlaceAndShowsNothing() {
    Observation.Answered control =
        Given.answer("application/grpc", "\u0000\u0000\u0000\u0000\u0002ab");
    Observation.Answered candidate =
        Given.answer("application/grpc", "\u0000\u0000\u0000\u0000\u0002ac");
    Comparison.Mismatch found = (Comparison.Mismatch) STRICT.compare(control, candidate);

    MaskedMismatch masked = MaskedMismatch.of(masking, STRICT, control, candidate, found);

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
