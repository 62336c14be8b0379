package dev.banyan.proxy;

import static dev.banyan.proxy.FrameClient.DATA;
import static dev.banyan.proxy.FrameClient.END_HEADERS;
import static dev.banyan.proxy.FrameClient.END_STREAM;
import static dev.banyan.proxy.FrameClient.GOAWAY;
import static dev.banyan.proxy.FrameClient.HEADERS;
import static dev.banyan.proxy.FrameClient.RST_STREAM;
import static dev.banyan.proxy.FrameClient.WINDOW_UPDATE;
import static dev.banyan.proxy.FrameClient.block;
import static dev.banyan.proxy.FrameClient.frame;
import static dev.banyan.proxy.FrameScript.numbers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.parity.Observation;
import dev.banyan.proxy.FrameScript.Turn;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Upstreams of HTTP/2 that end a connection or a stream under a request that they did not take. */
final class UntakenIT {
  private static final int FIRST = 1;
  private static final String EMPTY_POST =
      "POST /orders HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n";
  private static final String POST =
      "POST /orders HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello";

  private final Rig rig = new Rig();

  @AfterEach
  void close() {
    rig.close();
  }

  private FrameScript upstream(Turn turn) {
    FrameScript script = new FrameScript(turn);
    ScriptedUpstream upstream = new ScriptedUpstream(script);
    rig.serving(upstream, Decisions.serve(upstream.http2(Duration.ofSeconds(5))));
    return script;
  }

  /** Answers one request, and does so with the second one on its first connection. */
  private FrameScript thatDoesWithTheSecond(Turn turn) {
    return upstream(
        (line, connection, stream) -> {
          if (connection == FIRST && stream == 3) {
            turn.play(line, connection, stream);
          } else {
            FrameScript.answer(line, stream, "ok");
          }
        });
  }

  /** As Kestrel does: first a goodbye to nobody, then one with the last stream it took. */
  private FrameScript thatSaysGoodbye() {
    return thatDoesWithTheSecond(
        (line, connection, stream) -> {
          line.write(frame(GOAWAY, 0, 0, numbers(Integer.MAX_VALUE, 0)));
          line.write(frame(GOAWAY, 0, 0, numbers(1, 0)));
          line.close();
        });
  }

  private FrameScript thatRefusesAStream() {
    return thatDoesWithTheSecond(
        (line, connection, stream) -> line.write(frame(RST_STREAM, 0, stream, numbers(7))));
  }

  private String second(String request) {
    RawClient client = rig.client();
    assertThat(client.get("/").answer().body()).isEqualTo("ok");
    RawClient.Answer answer = client.send(request).answer();
    return answer.body().equals("ok") ? "ok" : answer.statusLine();
  }

  @Test
  void whatAGoodbyeLeftBehindIsSentAgainWhateverItIs() {
    FrameScript script = thatSaysGoodbye();
    assertThat(second(EMPTY_POST)).isEqualTo("ok");
    assertThat(script.requests()).isEqualTo(3);
    assertThat(rig.kept().served())
        .allMatch(exchange -> exchange.control() instanceof Observation.Answered);
  }

  @Test
  void aRefusedStreamIsOpenedOnceMore() {
    FrameScript script = thatRefusesAStream();
    assertThat(second(EMPTY_POST)).isEqualTo("ok");
    assertThat(script.requests()).isEqualTo(3);
  }

  @Test
  void aBodyThatIsGoneIsNotSentAgain() {
    FrameScript script = thatRefusesAStream();
    assertThat(second(POST)).startsWith("HTTP/1.1 502");
    assertThat(script.requests()).isEqualTo(2);
  }

  @Test
  void aKeptConnectionThatIsClosedCostsASafeRequestNothing() {
    FrameScript script = thatDoesWithTheSecond((line, connection, stream) -> line.close());
    assertThat(second("GET / HTTP/1.1\r\nHost: h\r\n\r\n")).isEqualTo("ok");
    assertThat(script.requests()).isEqualTo(3);
  }

  @Test
  void aKeptConnectionThatIsClosedMayHaveDoneAnUnsafeRequest() {
    FrameScript script = thatDoesWithTheSecond((line, connection, stream) -> line.close());
    assertThat(second(EMPTY_POST)).startsWith("HTTP/1.1 502");
    assertThat(script.requests()).isEqualTo(2);
  }

  @Test
  void aStreamThatFailsOnItsOwnIsNotSentAgain() {
    FrameScript script =
        thatDoesWithTheSecond(
            (line, connection, stream) -> line.write(frame(RST_STREAM, 0, stream, numbers(2))));
    assertThat(second("GET / HTTP/1.1\r\nHost: h\r\n\r\n")).startsWith("HTTP/1.1 502");
    assertThat(script.requests()).isEqualTo(2);
  }

  @Test
  void anAnswerThatIsWholeBeforeItsSlowReaderHasItOutlivesTheGoodbye() {
    upstream(
        (line, connection, stream) -> {
          line.write(frame(HEADERS, END_HEADERS, stream, FrameScript.head("24000")));
          line.write(frame(DATA, 0, stream, new byte[12_000]));
          line.write(frame(GOAWAY, 0, 0, numbers(stream, 0)));
          line.write(frame(DATA, END_STREAM, stream, new byte[12_000]));
        });
    // SETTINGS_INITIAL_WINDOW_SIZE: a client that takes nothing yet.
    byte[] nothingYet = {0, 4, 0, 0, 0, 0};
    try (FrameClient client = new FrameClient(rig.facade().port(), nothingYet)) {
      byte[] get = block(":method", "GET", ":scheme", "http", ":path", "/", ":authority", "h.test");
      client.send(frame(HEADERS, END_HEADERS | END_STREAM, 1, get)).read(500, 1);
      assertThat(client.wasReset(1)).isFalse();
      client.send(frame(WINDOW_UPDATE, 0, 1, numbers(100_000))).readUntilEnded(5000, 1);
      assertThat(client.wasReset(1)).isFalse();
      assertThat(client.outcome(1)).isEqualTo("200");
      assertThat(client.dataBytes()).isEqualTo(24_000);
    }
    assertThat(rig.kept().firstFailure()).isEqualTo("none");
  }
}
