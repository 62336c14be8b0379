package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.proxy.ScriptedUpstream.Script;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Upstreams that misbehave in a named way, over HTTP/1.1 and HTTP/2. Each has its failure word, and
 * clients of both protocols see the same: a status, or an answer that is cut.
 */
final class BadUpstreamIT {
  private static final Duration PATIENCE = Duration.ofMillis(500);
  private static final String BEGUN = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello";
  private static final String CUT = "cut";

  /**
   * One of them.
   *
   * @param seen the status that clients get, or {@code cut}
   */
  record Bad(String name, Script script, String failure, String seen) {
    @Override
    public String toString() {
      return name;
    }
  }

  private final Rig rig = new Rig();

  @AfterEach
  void close() {
    rig.close();
  }

  static Stream<Bad> http1() {
    return Stream.of(
        new Bad("no head", (line, head) -> line.untilLeft(), "answer-timeout", "504"),
        new Bad(
            "a head that drips",
            (line, head) -> drip(line, "HTTP/1.1 200 OK\r\nX-A: ", "a"),
            "answer-timeout",
            "504"),
        new Bad(
            "a body that stops",
            (line, head) -> {
              line.write(BEGUN);
              line.untilLeft();
            },
            "cut-answer",
            CUT),
        then("less than its length", BEGUN, "cut-answer", CUT),
        then("a close before the head", "", "reset-before-answer", "502"),
        then("a close within the head", "HTTP/1.1 200 OK\r\nX-A: a", "bad-answer", "502"),
        new Bad(
            "a reset within the body",
            (line, head) -> {
              line.write(BEGUN);
              // Two bytes that are read tell that the first ones were.
              line.write("!");
              line.reset();
            },
            "cut-answer",
            CUT),
        then(
            "a chunk of no size",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nZZ\r\n",
            "cut-answer",
            CUT),
        then(
            "a status below 100",
            "HTTP/1.1 099 Odd\r\nContent-Length: 0\r\n\r\n",
            "bad-answer",
            "502"),
        then("garbage", "\u0016\u0003\u0001garbage\r\n\r\n", "bad-answer", "502"),
        then(
            "two lengths",
            "HTTP/1.1 200 OK\r\nContent-Length: 1, 2\r\n\r\nhi",
            "bad-answer",
            "502"),
        new Bad(
            "header fields without an end",
            (line, head) -> drip(line, "HTTP/1.1 200 OK\r\n", "X-A: " + "a".repeat(4000) + "\r\n"),
            "bad-answer",
            "502"),
        new Bad(
            "a status line without an end",
            (line, head) -> drip(line, "HTTP/1.1 200 O", "K".repeat(4000)),
            "bad-answer",
            "502"));
  }

  static Stream<Bad> http2() {
    return BadFrames.rows();
  }

  @ParameterizedTest
  @MethodSource("http1")
  void overHttp1IsToldAsWhatItIs(Bad bad) {
    ScriptedUpstream upstream = new ScriptedUpstream(bad.script());
    rig.serving(upstream, Decisions.serve(upstream.upstream(PATIENCE, 4)));
    isTold(bad);
  }

  @ParameterizedTest
  @MethodSource("http2")
  void overHttp2IsToldAsWhatItIs(Bad bad) {
    ScriptedUpstream upstream = new ScriptedUpstream(bad.script());
    rig.serving(upstream, Decisions.serve(upstream.http2(PATIENCE)));
    isTold(bad);
  }

  private void isTold(Bad bad) {
    assertThat(List.of(seenByHttp1(), seenByHttp2())).containsOnly(bad.seen());
    assertThat(rig.kept().firstFailure()).isEqualTo(bad.failure());
  }

  /** One request alone on its connection, which the client wants closed behind the answer. */
  private String seenByHttp1() {
    String all = rig.client().get("/", "Connection: close").rest();
    boolean chunked = all.contains("hunked\r\n");
    int body = all.indexOf("\r\n\r\n") + 4;
    int length = all.toLowerCase(Locale.ROOT).indexOf("content-length: ");
    boolean whole =
        chunked
            ? all.endsWith("0\r\n\r\n")
            : length < 0 || all.length() - body == lengthAt(all, length + 16);
    return whole ? all.substring(9, 12) : CUT;
  }

  private static int lengthAt(String text, int at) {
    return Integer.parseInt(text.substring(at, text.indexOf("\r\n", at)));
  }

  private String seenByHttp2() {
    try (FrameClient client = new FrameClient(rig.facade().port(), new byte[0])) {
      byte[] block =
          FrameClient.block(
              ":method", "GET", ":scheme", "http", ":authority", "shop.example", ":path", "/");
      client.send(
          FrameClient.frame(
              FrameClient.HEADERS, FrameClient.END_STREAM | FrameClient.END_HEADERS, 1, block));
      client.read(5000, 1);
      return client.wasReset(1) ? CUT : client.outcome(1);
    }
  }

  private static Bad then(String name, String bytes, String failure, String seen) {
    return new Bad(
        name,
        (line, head) -> {
          line.write(bytes);
          line.close();
        },
        failure,
        seen);
  }

  /** Writes on until the other end has had enough. */
  private static void drip(ScriptedUpstream.Line line, String first, String more)
      throws java.io.IOException {
    line.write(first);
    while (!Thread.currentThread().isInterrupted()) {
      line.write(more);
      java.util.concurrent.locks.LockSupport.parkNanos(10_000_000 / more.length());
    }
  }
}
