package dev.banyan.contracts.recordings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.banyan.parity.Body;
import dev.banyan.parity.Observation;
import dev.banyan.parity.RequestCopy;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HarReaderTest {
  private static final String ENTRY =
      """
      {"startedDateTime": "2026-01-01T00:00:00Z", "time": 12.5,
       "request": {"method": "GET", "url": "https://shop.example:8443/a/é?q=1#top", "httpVersion": "h2",
         "headers": [{"name": ":authority", "value": "shop.example"}, {"name": "accept", "value": "*/*"}]},
       "response": {"status": 200, "statusText": "OK",
         "headers": [{"name": "content-type", "value": "%s"}, {"name": "content-encoding", "value": "gzip"},
                     {"name": "set-cookie", "value": "a=1\\nb=2"}],
         "content": %s},
       "cache": {}, "timings": {"send": 1}}
      """;

  @Test
  void anEntryIsReadAsItWasOnTheWireButForItsCodings() throws UnreadableRecording {
    RecordedExchange read = only("application/json", "{\"size\": 7, \"text\": \"{\\\"a\\\":1}\"}");

    RequestCopy request = read.request().orElseThrow();
    assertThat(read.title()).isEqualTo("GET /a/%C3%A9?q=1");
    assertThat(request.headers().first("host")).contains("shop.example:8443");
    Observation.Answered answer = answered(read);
    assertThat(answer.body())
        .isEqualTo(new Body.Whole("{\"a\":1}".getBytes(StandardCharsets.UTF_8)));
    assertThat(answer.headers().first("content-encoding")).isEmpty();
    assertThat(answer.headers().values("set-cookie")).containsExactly("a=1", "b=2");
    assertThat(answer.duration()).isEqualTo(Duration.ofNanos(12_500_000));
  }

  @Test
  void aTextGoesBackIntoItsCharset() throws UnreadableRecording {
    Body body = answered(only("text/plain; charset=iso-8859-1", "{\"text\": \"Söhne\"}")).body();

    assertThat(body).isEqualTo(new Body.Whole("Söhne".getBytes(Charset.forName("iso-8859-1"))));
  }

  @Test
  void base64IsDecoded() throws UnreadableRecording {
    Body body =
        answered(only("image/gif", "{\"text\": \"AAEC\", \"encoding\": \"base64\"}")).body();

    assertThat(body).isEqualTo(new Body.Whole(new byte[] {0, 1, 2}));
  }

  @Test
  void aBodyThatTheRecorderLeftOutIsNotTakenForAnEmptyOne() throws UnreadableRecording {
    assertThat(answered(only("image/gif", "{\"size\": 43}")).body()).isEqualTo(new Body.NotKept());
    assertThat(answered(only("image/gif", "{\"size\": 0}")).body()).isEqualTo(Body.EMPTY);
  }

  @Test
  void whatABrowserMadeItselfIsPassedOver() throws UnreadableRecording {
    String entry = ENTRY.formatted("a/b", "{}");

    Recording read =
        read(entry.replace("https://shop.example:8443/", "data:text/plain,") + "," + entry);

    assertThat(read.exchanges()).extracting(RecordedExchange::place).containsExactly("t.har#2");
  }

  @Test
  void anEntryThatCannotBeReadIsNamed() {
    assertThatThrownBy(() -> read(ENTRY.formatted("a/b", "{}").replace("https://", "//")))
        .isInstanceOf(UnreadableRecording.class)
        .hasMessageStartingWith("t.har#1: request.url: //shop.example");
    assertThatThrownBy(() -> read(ENTRY.formatted("a/b", "[]")))
        .isInstanceOf(UnreadableRecording.class)
        .hasMessageContaining("not an object");
    assertThatThrownBy(() -> read("{\"log\": {\"entries\": ["))
        .isInstanceOf(UnreadableRecording.class);
    assertThatThrownBy(() -> read("{\"log\": {\"entries\": []}}"))
        .hasMessage("t.har: exchanges: none (expected: one at the least)");
  }

  private static RecordedExchange only(String type, String content) throws UnreadableRecording {
    return read("{\"log\": {\"version\": \"1.2\", \"entries\": ["
            + ENTRY.formatted(type, content)
            + "]}}")
        .exchanges()
        .getFirst();
  }

  private static Recording read(String text) throws UnreadableRecording {
    String whole = text.startsWith("{\"log") ? text : "{\"log\": {\"entries\": [" + text + "]}}";
    return new RecordingReader(Caps.DEFAULT, Optional.empty())
        .read("t.har", whole.getBytes(StandardCharsets.UTF_8));
  }

  private static Observation.Answered answered(RecordedExchange read) {
    return (Observation.Answered) read.original().orElseThrow();
  }
}
