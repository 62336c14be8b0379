package dev.banyan.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.banyan.rules.CompareProfile;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Documents made to read files, to grow, to nest, or to cost much. */
class HostileMarkupTest {
  private static final Comparer COMPARER = Comparer.of(CompareProfile.DOTNET_SOAP);
  private static final Duration LIMIT = Duration.ofSeconds(20);

  static Stream<Arguments> documents() {
    String laughs =
        "<!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;\">]><a>&b;</a>";
    return Stream.of(
        Arguments.of(
            "an entity of a file",
            "text/xml",
            "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>"),
        Arguments.of("entities of entities", "text/xml", laughs),
        Arguments.of(
            "a foreign DTD", "text/xml", "<!DOCTYPE a SYSTEM \"http://127.0.0.1:1/x.dtd\"><a/>"),
        Arguments.of("many levels", "text/xml", "<a>".repeat(100_000) + "</a>".repeat(100_000)),
        Arguments.of("many levels of a page", "text/html", "<div>".repeat(50_000)),
        Arguments.of("many attributes", "text/xml", "<a " + "x='1' ".repeat(1000) + "/>"),
        Arguments.of("many elements", "text/xml", "<a>" + "<b>1</b><c/>".repeat(50_000) + "</a>"),
        Arguments.of("many unlike elements", "text/xml", many()),
        Arguments.of("open cells of a table", "text/html", "<table><tr><td>".repeat(5_000)),
        Arguments.of("open links", "text/html", "<a href=x><b><i>".repeat(3_000)),
        Arguments.of("lines", "text/plain", "a\r\nb\n".repeat(100_000)),
        Arguments.of("events", "text/event-stream", "data: 1\n\n".repeat(100_000)),
        Arguments.of("fields", "application/x-www-form-urlencoded", "a=1&".repeat(100_000)),
        Arguments.of(
            "parts", "multipart/mixed; boundary=b", "--b\r\n\r\nx\r\n".repeat(20_000) + "--b--"),
        Arguments.of("frames", "application/grpc", "\0\0\0\0\0".repeat(100_000)),
        Arguments.of("references", "application/json", references()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("documents")
  void areJudgedOrRefusedInTime(String name, String type, String document) {
    Observation.Answered control = answer(type, document);
    Observation.Answered candidate = answer(type, document.replace('1', '2') + " ");
    assertTimeout(
        LIMIT,
        () -> {
          assertThat(COMPARER.compare(control, candidate))
              .isNotEqualTo(new Comparison.Incomparable("comparer-failed"));
          assertThat(COMPARER.compare(control, answer(type, "<x/>")))
              .isNotEqualTo(new Comparison.Incomparable("comparer-failed"));
        });
  }

  @Test
  void noFileIsRead() {
    Observation.Answered control =
        answer("text/xml", "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><a>&x;</a>");
    assertThat(COMPARER.compare(control, answer("text/xml", "<a>1</a>")).toString())
        .contains("kind=BYTES");
  }

  private static String many() {
    StringBuilder document = new StringBuilder("<a>");
    for (int i = 0; i < 20_000; i++) {
      document.append("<b").append(i).append(">1</b").append(i).append('>');
    }
    return document.append("</a>").toString();
  }

  private static String references() {
    StringBuilder document = new StringBuilder("[{\"$id\":\"0\",\"v\":1}");
    for (int i = 1; i < 60; i++) {
      document.append(",{\"$id\":\"").append(i).append("\",\"a\":{\"$ref\":\"").append(i - 1);
      document.append("\"},\"b\":{\"$ref\":\"").append(i - 1).append("\"}}");
    }
    return document.append(']').toString();
  }

  private static Observation.Answered answer(String type, String text) {
    return Answers.with(200, text.getBytes(StandardCharsets.UTF_8), "Content-Type", type);
  }
}
