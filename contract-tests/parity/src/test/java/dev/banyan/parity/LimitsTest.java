package dev.banyan.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.rules.CompareProfile;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What takes longer than its limit is not judged. */
class LimitsTest {
  private static final Comparer AT_ONCE =
      Comparer.of(CompareProfile.STRICT).limitedTo(Duration.ZERO);
  private static final Comparison TOO_LONG = new Comparison.Incomparable("took-too-long");

  @Test
  void jsonThatTakesTooLongIsIncomparable() {
    assertThat(AT_ONCE.compare(Answers.json(numbers(0)), Answers.json(numbers(1))))
        .isEqualTo(TOO_LONG);
  }

  @Test
  void xmlThatTakesTooLongIsIncomparable() {
    String items = "<i><v>1</v></i>".repeat(2000);
    assertThat(AT_ONCE.compare(xml("<a>" + items + "</a>"), xml("<a>" + items + "<i/></a>")))
        .isEqualTo(TOO_LONG);
  }

  @Test
  void anotherStatusIsFoundHoweverLongTheBodyTakes() {
    Observation control = Answers.json(numbers(0));
    Observation candidate =
        Answers.with(
            500, numbers(1).getBytes(StandardCharsets.UTF_8), "Content-Type", "application/json");
    assertThat(AT_ONCE.compare(control, candidate)).isInstanceOf(Comparison.Mismatch.class);
  }

  @Test
  void theSameBodiesAreJudgedWithinTheUsualLimit() {
    assertThat(Answers.strictly(numbers(0), numbers(1))).isInstanceOf(Comparison.Mismatch.class);
  }

  private static String numbers(int from) {
    return IntStream.range(from, from + 5000)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static Observation xml(String text) {
    return Answers.with(200, text.getBytes(StandardCharsets.UTF_8), "Content-Type", "text/xml");
  }
}
