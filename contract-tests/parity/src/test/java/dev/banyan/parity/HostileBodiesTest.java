package dev.banyan.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies made to cost much. The limit is far above what they take, far below quadratic cost. */
class HostileBodiesTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  static Stream<Arguments> pairs() {
    return Stream.of(
        Arguments.of("another array", array(200_000, i -> "" + i), array(200_000, i -> "-" + i)),
        Arguments.of(
            "a reversed array",
            array(200_000, i -> "" + i),
            array(200_000, i -> "" + (199_999 - i))),
        Arguments.of(
            "many arrays at the limit of alignment",
            array(300, j -> array(500, i -> "" + (i * 7 + j))),
            array(300, j -> array(500, i -> "" + (i * 11 + j + 1)))),
        Arguments.of(
            "many names, reversed",
            "{" + list(100_000, i -> "\"k" + i + "\":" + i) + "}",
            "{" + list(100_000, i -> "\"k" + (99_999 - i) + "\":" + i) + "}"),
        Arguments.of(
            "one name many times",
            "{" + list(100_000, i -> "\"k\":" + i) + "}",
            "{" + list(100_000, i -> "\"k\":-" + i) + "}"),
        Arguments.of("a long number", "1" + "0".repeat(2_000_000), "2" + "0".repeat(2_000_000)),
        Arguments.of(
            "a long exponent", "1e1" + "0".repeat(2_000_000), "1e2" + "0".repeat(2_000_000)),
        Arguments.of("a long name", "{\"" + "n".repeat(2_000_000) + "\":1}", "{}"),
        Arguments.of(
            "arrays in arrays",
            "[".repeat(199) + array(50_000, i -> "" + i) + "]".repeat(199),
            "[".repeat(199) + array(50_000, i -> "-1" + i) + "]".repeat(199)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pairs")
  void takeNoMoreThanTheirSizeIsWorth(String name, String control, String candidate) {
    assertTimeout(
        LIMIT,
        () -> {
          assertThat(Answers.strictly(control, candidate))
              .as(name)
              .isInstanceOf(Comparison.Mismatch.class);
          assertThat(Answers.unordered(control, candidate)).isNotNull();
        });
  }

  private static String array(int size, IntFunction<String> item) {
    return "[" + list(size, item) + "]";
  }

  private static String list(int size, IntFunction<String> item) {
    return IntStream.range(0, size).mapToObj(item).collect(Collectors.joining(","));
  }
}
