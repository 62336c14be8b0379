package dev.banyan.parity.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.parity.Body;
import dev.banyan.parity.Comparer;
import dev.banyan.parity.Comparison;
import dev.banyan.parity.Headers;
import dev.banyan.parity.Observation;
import dev.banyan.rules.CompareProfile;
import dev.banyan.rules.PrivateFields;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What masking keeps whatever it is given, and what it costs. */
class MaskingPropertyTest {
  private static final Comparer STRICT = Comparer.of(CompareProfile.STRICT);
  private static final int LARGE = 1 << 20;

  private final Masking masking =
      Masking.with(
          "key".getBytes(StandardCharsets.UTF_8),
          PrivateFields.of(List.of("a", "$.b", "/r/c", "e")));

  @Property(tries = 2000)
  void maskedSidesDifferWhereTheOriginalsDo(
      @ForAll("documents") String control, @ForAll("documents") String candidate) {
    for (String type : List.of("application/json", "text/plain", "application/xml")) {
      String left = type.endsWith("xml") ? xml(control) : control;
      String right = type.endsWith("xml") ? xml(candidate) : candidate;

      assertThat(places(masked(type, left), masked(type, right)))
          .as("%s: %s | %s", type, left, right)
          .containsExactlyInAnyOrderElementsOf(
              places(answer(type, left), answer(type, right)).stream().map(masking::text).toList());
    }
  }

  @Property(tries = 2000)
  void maskingNeverFailsAndHasOneResult(@ForAll byte[] bytes, @ForAll("types") String type) {
    Observation.Answered once = masking.answer(answer(type, bytes));

    assertThat(masking.answer(answer(type, bytes)).body()).isEqualTo(once.body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[",
        "{\"a\":",
        "\"",
        "\\\"",
        "<a ",
        "<a b=\"",
        "<a b='<a b=\"",
        "</a>",
        "<!--",
        "<![CDATA[",
        "&amp;",
        "@",
        "a@b.",
        "a%40b",
        "?a=",
        "&a=%25",
        "1 ",
        "1-",
        "+1 ",
        "(",
        "4 4",
        "DE00 ",
        "DE00AAAA",
        "00 1",
        "--b\r\n",
        "a=1&",
        "%",
        "<script>",
        "data: {",
        "\\u00"
      })
  void hostileTextsCostTheirLength(String unit) {
    String large = unit.repeat(LARGE / unit.length());
    for (String type :
        List.of(
            "application/json",
            "text/html",
            "application/xml",
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=b")) {
      long began = System.nanoTime();
      masking.answer(answer(type, large));
      Duration took = Duration.ofNanos(System.nanoTime() - began);

      // A mebibyte takes some 50 ms; in quadratic time it would take many minutes.
      assertThat(took).as(type).isLessThan(Duration.ofSeconds(30));
    }
  }

  private static List<String> places(Observation control, Observation candidate) {
    return STRICT.compare(control, candidate) instanceof Comparison.Mismatch found
        ? found.differences().stream().map(d -> d.location() + " " + d.kind().word()).toList()
        : List.of();
  }

  private Observation masked(String type, String body) {
    return masking.observation(answer(type, body));
  }

  private static String xml(String json) {
    return "<r><x>"
        + json.replace("<", "&lt;").replace("&", "&amp;")
        + "</x><c>"
        + json
        + "</c></r>";
  }

  private static Observation.Answered answer(String type, String body) {
    return answer(type, body.getBytes(StandardCharsets.UTF_8));
  }

  private static Observation.Answered answer(String type, byte[] body) {
    return new Observation.Answered(
        200,
        new Headers(List.of(new Headers.Field("Content-Type", type))),
        new Body.Whole(body),
        Headers.NONE,
        Duration.ZERO,
        Duration.ZERO);
  }

  @Provide
  Arbitrary<String> types() {
    return Arbitraries.of(
        "application/json",
        "text/html",
        "application/xml",
        "text/plain",
        "",
        "image/png",
        "application/x-www-form-urlencoded",
        "multipart/mixed; boundary=b",
        "text/event-stream",
        "text/plain; charset=utf-16",
        "text/xml; charset=windows-1252");
  }

  /** Objects of few names and values, so that many agree. */
  @Provide
  Arbitrary<String> documents() {
    Arbitrary<String> values =
        Arbitraries.of(
            "1",
            "12",
            "9.5",
            "9.50",
            "-3",
            "true",
            "false",
            "null",
            "\"x\"",
            "\"X\"",
            "\"\"",
            "\"Jane\"",
            "\"jane@x.example\"",
            "\"joe@x.example\"",
            "\"4111 1111 1111 1111\"",
            "\"4111111111111111\"",
            "4111111111111111",
            "\"2026-11-21\"",
            "[1,2]",
            "[\"Jo\",\"Al\"]",
            "[\"Al\",\"Jo\"]",
            "{\"d\":\"y\"}",
            "{\"a\":\"y\"}",
            "\"\\u00fc\"",
            "\"ü\"");
    Arbitrary<String> names = Arbitraries.of("a", "b", "d", "e", "k@x.example");
    return Combinators.combine(names, values)
        .as((name, value) -> "\"" + name + "\":" + value)
        .list()
        .uniqueElements(member -> member.substring(0, member.indexOf(':')))
        .ofMaxSize(4)
        .map(members -> "{" + String.join(",", members) + "}");
  }
}
