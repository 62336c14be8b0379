package dev.banyan.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.rules.CompareProfile;
import dev.banyan.rules.CompareProfile.Accepted;
import dev.banyan.rules.CompareProfile.Tolerance;
import dev.banyan.rules.CompareRule;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules about nothing know members of whatever has names, and nothing else. */
class NothingsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "json.default-missing | messages[*].discount | discount: 0 | ",
        "json.default-missing | messages[*].remark | remark: '' | ",
      })
  void holdForMessagesOfProtobuf(String rule, String at, String control, String candidate) {
    CompareProfile profile =
        Orders.profile(CompareProfile.STRICT.withTolerances(List.of(tolerance(rule, at))));

    Comparison comparison =
        Comparer.of(profile)
            .compare(
                Orders.GET,
                Orders.stream(Orders.order(control)),
                Orders.stream(Orders.order(candidate == null ? "" : candidate)));

    assertThat(comparison).isInstanceOf(Comparison.Tolerated.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "json.null-missing | events[*].data.a | {\"a\":null} | {}",
        "json.default-missing | events[*].data.a | {\"a\":0} | {}",
        "json.null-empty-list | events[*].data.a | {\"a\":null} | {\"a\":[]}",
        "json.null-empty-text | events[*].data.a | {\"a\":null} | {\"a\":\"\"}",
        "guid.empty | events[*].data.a | {\"a\":null} | {\"a\":\"00000000-0000-0000-0000-000000000000\"}",
        "time.min-value | events[*].data.a | {\"a\":null} | {\"a\":\"0001-01-01T00:00:00\"}",
      })
  void holdForEventsAndParts(String rule, String at, String control, String candidate) {
    assertThat(compare(rule, at, event(control), event(candidate)))
        .isInstanceOf(Comparison.Tolerated.class);
    String inParts = at.replace("events[*].data", "parts.f.body");
    assertThat(compare(rule, inParts, part(control), part(candidate)))
        .isInstanceOf(Comparison.Tolerated.class);
  }

  @Test
  void holdForFormsAndNotForLinesHeadersOrElements() {
    assertThat(
            compare(
                "json.default-missing",
                "**",
                answer("application/x-www-form-urlencoded", "a=&b=1"),
                answer("application/x-www-form-urlencoded", "b=1")))
        .isInstanceOf(Comparison.Tolerated.class);
    assertThat(
            compare(
                "json.default-missing",
                "**",
                answer("text/plain", "a\n\nb"),
                answer("text/plain", "a\nb")))
        .isInstanceOf(Comparison.Mismatch.class);
    assertThat(
            compare(
                "json.default-missing",
                "**",
                answer("text/xml", "<a><b></b></a>"),
                answer("text/xml", "<a></a>")))
        .isInstanceOf(Comparison.Mismatch.class);
    assertThat(
            compare(
                "json.default-missing",
                "**",
                Answers.with(200, Body.EMPTY, "Cache-Control", ""),
                Answers.with(200, Body.EMPTY)))
        .isInstanceOf(Comparison.Mismatch.class);
  }

  @Test
  void anElementMoreIsNoMember() {
    assertThat(compare("json.default-missing", "**", Answers.json("[1,0]"), Answers.json("[1]")))
        .isInstanceOf(Comparison.Mismatch.class);
    assertThat(compare("json.null-missing", "**", Answers.json("[1,null]"), Answers.json("[1]")))
        .isInstanceOf(Comparison.Mismatch.class);
  }

  private static Comparison compare(
      String rule, String at, Observation control, Observation candidate) {
    CompareProfile profile = CompareProfile.STRICT.withTolerances(List.of(tolerance(rule, at)));
    return Comparer.of(profile).compare(control, candidate);
  }

  private static Tolerance tolerance(String rule, String at) {
    return new Tolerance(
        "mine",
        at,
        new Accepted.Rule(CompareRule.named(rule).orElseThrow()),
        "team",
        "known",
        Optional.empty());
  }

  private static Observation event(String data) {
    return answer("text/event-stream", "data: " + data + "\n\n");
  }

  private static Observation part(String json) {
    return answer(
        "multipart/form-data; boundary=b",
        "--b\r\nContent-Disposition: form-data; name=\"f\"\r\n"
            + "Content-Type: application/json\r\n\r\n"
            + json
            + "\r\n--b--\r\n");
  }

  private static Observation answer(String type, String text) {
    return Answers.with(200, text.getBytes(StandardCharsets.UTF_8), "Content-Type", type);
  }
}
