package dev.banyan.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.rules.CompareProfile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The comparer on answers that real systems sent. */
class CapturesTest {
  private static final Comparer STRICT = Comparer.of(CompareProfile.STRICT);

  static Stream<Path> all() {
    return Captures.all().stream();
  }

  static Stream<Path> json() {
    return Captures.json().stream();
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyCaptureMatchesItself(Path file) {
    assertThat(STRICT.compare(Captures.answer(file), Captures.answer(file)))
        .isEqualTo(new Comparison.Match());
  }

  @ParameterizedTest
  @MethodSource("json")
  void everyJsonCaptureMatchesItselfIndented(Path file) {
    Observation.Answered answer = Captures.answer(file);
    byte[] indented = Bodies.readable(answer).getBytes(StandardCharsets.UTF_8);
    assertThat(indented).isNotEqualTo(Captures.body(answer));

    assertThat(
            STRICT.compare(
                answer,
                new Observation.Answered(
                    answer.status(),
                    answer.headers(),
                    new Body.Whole(indented),
                    answer.trailers(),
                    answer.firstByte(),
                    answer.duration())))
        .isEqualTo(new Comparison.Match());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"UnitPrice\":9.90|\"UnitPrice\":9.9|",
        "\"UnitPrice\":9.90|\"UnitPrice\":9.91|$[*].UnitPrice value",
        "\"UnitPrice\":9.90|\"UnitPrice\":\"9.90\"|$[*].UnitPrice type",
        ",\"UnitPrice\":9.90||$[*].UnitPrice missing",
        "\"Sku\":\"AB-1\"|\"sku\":\"AB-1\"|$[*].Sku missing;$[*].sku extra",
        "[{|[{\"Sku\":\"NEW\"},{|$[*] extra",
      })
  void changesOfTheProductListAreFoundWhereTheyAre(String old, String now, String expected) {
    Observation.Answered products = Captures.answer("legacyweb/086-webapi-list");
    String body = new String(Captures.body(products), StandardCharsets.UTF_8);
    assertThat(body).contains(old);
    String changed = body.replace(old, now == null ? "" : now);

    assertThat(Answers.differences(Answers.strictly(body, changed)))
        .isEqualTo(expected == null ? List.of() : List.of(expected.split(";")));
  }

  @Test
  void twoSerializersOfTheSameOrdersAreToldApart() {
    Comparison comparison =
        STRICT.compare(
            Captures.answer("legacyweb/001-orders-list-javascriptserializer"),
            Captures.answer("legacyweb/013-orders-datacontract-json"));
    assertThat(Answers.differences(comparison))
        .contains("$[*].Lead type", "$[*].Attributes type", "$[*] extra");
  }

  @Test
  void aHandlersAnswerAndItsErrorPageDifferInStatusHeaderAndBody() {
    Comparison comparison =
        STRICT.compare(
            Captures.answer("legacyweb/002-order-one"),
            Captures.answer("legacyweb/004-order-bad-id-500-ysod"));
    assertThat(Answers.differences(comparison))
        .containsExactly("status value", "header.content-type value", "body bytes");
  }
}
