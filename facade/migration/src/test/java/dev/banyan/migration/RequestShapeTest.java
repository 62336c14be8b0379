package dev.banyan.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.parity.Body;
import dev.banyan.parity.Headers;
import dev.banyan.parity.Observation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestShapeTest {
  private static Observation answered(int status, String contentType) {
    Headers headers = new Headers(List.of(new Headers.Field("Content-Type", contentType)));
    return new Observation.Answered(
        status, headers, Body.EMPTY, Headers.NONE, Duration.ZERO, Duration.ZERO);
  }

  @ParameterizedTest
  @CsvSource({
    "'',                  GET 2xx text/html",
    "'b=2&a=1&b=3',       GET 2xx ?a&b text/html",
    "'&&=x',              GET 2xx text/html",
    "'a=&b=&c=&d=&e=&f=&g=&h=&i=', GET 2xx ?a&b&c&d&e&f&g&h&… text/html",
    "'ctl00$Main$Name=1&Lines[0].Sku-id=2&q_1=3', GET 2xx ?Lines[0].Sku-id&ctl00$Main$Name&q_1 text/html",
  })
  void parametersAreNamedWithoutTheirValues(String query, String shape) {
    assertThat(RequestShape.of("GET", query, answered(204, "Text/HTML; charset=utf-8")))
        .isEqualTo(shape);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4111111111111111",
        "jane@example.com",
        "wsdl",
        "4111111111111111=",
        "jane@example.com=1",
        "jane%40example.com=1",
        "Jane+Doe=1",
        "M\u00fcller=1",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0=",
      })
  void whatMayBeDataIsNoName(String query) {
    assertThat(RequestShape.of("GET", query, answered(200, "text/html")))
        .isEqualTo("GET 2xx ?* text/html");
    assertThat(RequestShape.of("GET", "a=1&" + query + "&" + query, answered(200, "text/html")))
        .isEqualTo("GET 2xx ?*&a text/html");
  }

  @Test
  void aFailedControlIsAShapeOfItsOwn() {
    assertThat(RequestShape.of("GET", "a=1", Given.failed())).isEqualTo("GET failed ?a");
  }

  private static Optional<String> body(String json) {
    return BodyShape.of(new Body.Whole(json.getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        // Values, order and the number of a list's items do not matter.
        "{\"a\":1,\"b\":\"x\"}       | {\"b\":\"y\",\"a\":2.5}",
        "[{\"id\":1}]                | [{\"id\":1},{\"id\":2}]",
        "[1,[2,[3]],4]               | [5,[6,[7]],8,9]",
        // Names that are data are one name.
        "{\"4711\":{\"n\":1}}        | {\"4712\":{\"n\":1},\"4713\":{\"n\":2}}",
        "{\"a\":{\"b\":[]},\"c\":1}  | {\"c\":1,\"a\":{\"b\":[]}}",
      })
  void bodiesOfOneStructureHaveOneShape(String one, String other) {
    assertThat(body(one)).isPresent().isEqualTo(body(other));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"a\":1}        | {\"a\":\"1\"}",
        "{\"a\":1}        | {\"a\":null}",
        "{\"a\":1}        | {\"a\":1,\"b\":1}",
        "{\"a\":{\"b\":1}} | {\"a\":1,\"b\":1}",
        "{\"a\":{}}       | {\"a\":null}",
        "{\"a\":{}}       | {\"a\":[]}",
        "{\"a\":[]}       | {\"a\":[null]}",
        "{\"Aa\":1}       | {\"BB\":1}",
        "[]               | {}",
        "[]               | [1]",
        "[[1],2]          | [[1,2]]",
      })
  void bodiesOfDifferentStructureHaveDifferentShapes(String one, String other) {
    assertThat(body(one)).isPresent().isNotEqualTo(body(other));
  }

  @Test
  void whatIsNoJsonHasNoShape() {
    assertThat(body("<html/>")).isEmpty();
    assertThat(body("{\"a\":")).isEmpty();
    assertThat(body("")).isEmpty();
    assertThat(BodyShape.of(new Body.TooLarge(5))).isEmpty();
    assertThat(BodyShape.of(new Body.NotKept())).isEmpty();
  }

  @Test
  void aDeepBodyHasAShapeToo() {
    String deep = "[".repeat(500) + "1" + "]".repeat(500);

    assertThat(body("{\"a\":" + deep + ",\"b\":1}"))
        .isPresent()
        .isNotEqualTo(body("{\"a\":" + deep + ",\"c\":1}"));
  }

  @Test
  void aShapeThatIsKnownIsTheOneThatWouldBeWrittenOut() throws Exception {
    Random random = new Random(7);
    Set<String> shapes = new HashSet<>();
    for (int i = 0; i < 20_000; i++) {
      String json = json(random, 0);

      Optional<String> shape = body(json);

      assertThat(shape)
          .as(json)
          .contains(BodyShape.writtenOut(json.getBytes(StandardCharsets.UTF_8)));
      shapes.add(shape.orElseThrow());
    }
    assertThat(shapes).hasSizeGreaterThan(1000);
  }

  /** Few names and kinds, so that many bodies have one structure, and many nearly so. */
  private static String json(Random random, int depth) {
    int members = random.nextInt(4);
    return switch (random.nextInt(depth > 4 ? 4 : 8)) {
      case 0 -> "null";
      case 1 -> Integer.toString(random.nextInt(3));
      case 2 -> random.nextBoolean() ? "true" : "\"text\"";
      case 3 -> random.nextBoolean() ? "[]" : "{}";
      case 4, 5 ->
          IntStream.range(0, members)
              .mapToObj(i -> json(random, depth + 1))
              .collect(Collectors.joining(",", "[", "]"));
      default ->
          IntStream.range(0, members)
              .mapToObj(
                  i -> "\"%s\":%s".formatted(NAMES[random.nextInt(6)], json(random, depth + 1)))
              .collect(Collectors.joining(",", "{", "}"));
    };
  }

  private static final String[] NAMES = {"a", "b", "Aa", "BB", "4711", "a b"};
}
