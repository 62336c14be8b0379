package dev.banyan.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.parity.noise.KnownNoise;
import dev.banyan.parity.noise.NoiseSeen;
import dev.banyan.rules.CompareProfile;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the comparer lets pass where a place is known to be noise: another value, nothing else. */
class NoiseComparisonTest {
  private static final KnownNoise KNOWN = new KnownNoise(Set.of("$.id", "$.rows[*].at"));

  private static Comparison compare(String control, String candidate, NoiseSeen seen) {
    return Comparer.of(CompareProfile.STRICT)
        .compare(Answers.json(control), Answers.json(candidate), seen);
  }

  @Test
  void anotherValueIsToleratedAsNoiseAndCounted() {
    NoiseSeen seen = KNOWN.look();

    Comparison found =
        compare(
            "{\"id\":\"a\",\"rows\":[{\"at\":1},{\"at\":2}]}",
            "{\"id\":\"b\",\"rows\":[{\"at\":3},{\"at\":4}]}",
            seen);

    Comparison.Tolerated tolerated = (Comparison.Tolerated) found;
    assertThat(tolerated.rules()).containsExactly("noise");
    assertThat(tolerated.accepted().getFirst().count()).isEqualTo(3);
    assertThat(seen.accepted()).containsExactlyInAnyOrder("$.id", "$.rows[*].at");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"id":"a","n":1} | {"n":1}                | $.id missing
          {"n":1}          | {"id":"a","n":1}       | $.id extra
          {"id":"a"}       | {"id":7}               | $.id type
          {"id":"a"}       | {"id":null}            | $.id type
          {"id":"a"}       | {"id":""}              | $.id value
          {"id":"a","n":1} | {"id":"b","n":2}       | $.n value
          {"id":"a"}       | {"id":"a","ID":"a"}    | $.ID extra
          """)
  void allElseAtThatPlaceAndBesideItIsAMismatch(String control, String candidate, String found) {
    assertThat(Answers.differences(compare(control, candidate, KNOWN.look())))
        .containsExactly(found);
  }

  @Test
  void noiseNeverPushesOutADifferenceThatIsNone() {
    StringBuilder left = new StringBuilder("{\"rows\":[");
    StringBuilder right = new StringBuilder("{\"rows\":[");
    for (int i = 0; i < 300; i++) {
      left.append("{\"at\":").append(i).append("},");
      right.append("{\"at\":").append(i + 1000).append("},");
    }

    Comparison found = compare(left + "{}],\"z\":1}", right + "{}],\"z\":2}", KNOWN.look());

    assertThat(Answers.differences(found)).containsExactly("$.z value");
  }
}
