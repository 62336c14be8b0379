package dev.banyan.proxy;

import static dev.banyan.proxy.FrameClient.CONTINUATION;
import static dev.banyan.proxy.FrameClient.DATA;
import static dev.banyan.proxy.FrameClient.END_HEADERS;
import static dev.banyan.proxy.FrameClient.END_STREAM;
import static dev.banyan.proxy.FrameClient.GOAWAY;
import static dev.banyan.proxy.FrameClient.HEADERS;
import static dev.banyan.proxy.FrameClient.RST_STREAM;
import static dev.banyan.proxy.FrameClient.SETTINGS;
import static dev.banyan.proxy.FrameClient.block;
import static dev.banyan.proxy.FrameClient.frame;
import static dev.banyan.proxy.FrameClient.latin;

import dev.banyan.proxy.BadUpstreamIT.Bad;
import dev.banyan.proxy.ScriptedUpstream.Line;
import java.io.IOException;
import java.util.stream.Stream;

/** Upstreams that speak HTTP/2 and mean no good. */
final class BadFrames {
  private static final byte[] NOTHING = {};
  private static final byte[] BEGUN =
      headers(END_HEADERS, ":status", "200", "content-length", "10");
  private static final byte[] HELLO = frame(DATA, 0, 1, latin("hello"));

  /** What is done when the request is there. */
  private interface Turn {
    void play(Line line, int stream) throws IOException;
  }

  private BadFrames() {}

  static Stream<Bad> rows() {
    return Stream.of(
        bad("no head", "answer-timeout", "504", (line, stream) -> {}),
        bad(
            "a body that stops",
            "cut-answer",
            "cut",
            (line, stream) -> {
              write(line, stream, BEGUN, HELLO);
            }),
        frames(
            "less than its length",
            "cut-answer",
            "cut",
            BEGUN,
            HELLO,
            frame(DATA, END_STREAM, 1, NOTHING)),
        frames(
            "more than its length",
            "cut-answer",
            "cut",
            BEGUN,
            HELLO,
            frame(DATA, END_STREAM, 1, latin("hello!"))),
        bad(
            "a close before the head",
            "reset-before-answer",
            "502",
            (line, stream) -> line.close()),
        bad(
            "a close within the body",
            "cut-answer",
            "cut",
            (line, stream) -> {
              write(line, stream, BEGUN, HELLO);
              line.close();
            }),
        frames(
            "a stream reset before its head",
            "reset-before-answer",
            "502",
            frame(RST_STREAM, 0, 1, new byte[] {0, 0, 0, 2})),
        frames(
            "a stream reset within its body",
            "cut-answer",
            "cut",
            BEGUN,
            HELLO,
            frame(RST_STREAM, 0, 1, new byte[] {0, 0, 0, 2})),
        bad(
            "a goodbye that takes no request",
            "reset-before-answer",
            "502",
            (line, stream) -> {
              write(line, 0, frame(GOAWAY, 0, 0, new byte[8]));
              line.close();
            }),
        frames(
            "a field of the connection",
            "bad-answer",
            "502",
            headers(END_STREAM | END_HEADERS, ":status", "200", "connection", "close")),
        frames(
            "a length that is no number",
            "bad-answer",
            "502",
            headers(END_HEADERS, ":status", "200", "content-length", "ten"),
            HELLO),
        frames(
            "an interim answer first",
            "none",
            "200",
            headers(END_HEADERS, ":status", "102"),
            headers(END_STREAM | END_HEADERS, ":status", "200")),
        bad(
            "interim answers without an end",
            "bad-answer",
            "502",
            (line, stream) -> {
              byte[] one = headers(END_HEADERS, ":status", "102");
              while (!Thread.currentThread().isInterrupted()) {
                write(line, stream, one);
              }
            }),
        frames(
            "a field value with a line end",
            "bad-answer",
            "502",
            headers(END_STREAM | END_HEADERS, ":status", "200", "x-a", "a\r\nx-evil: 1")),
        frames(
            "a field value with a control byte",
            "bad-answer",
            "502",
            headers(END_STREAM | END_HEADERS, ":status", "200", "x-a", "a\u000bb")),
        frames(
            "a field name with a space",
            "bad-answer",
            "502",
            headers(END_STREAM | END_HEADERS, ":status", "200", "x a", "1")),
        frames(
            "a trailer with a control byte",
            "cut-answer",
            "cut",
            headers(END_HEADERS, ":status", "200"),
            HELLO,
            headers(END_STREAM | END_HEADERS, "x-a", "a\u000bb")),
        frames("no status", "bad-answer", "502", headers(END_STREAM | END_HEADERS, "x-a", "1")),
        bad(
            "header fields without an end",
            "bad-answer",
            "502",
            (line, stream) -> {
              write(line, stream, headers(0, ":status", "200"));
              byte[] more = frame(CONTINUATION, 0, 1, block("x-a", "a".repeat(4000)));
              while (!Thread.currentThread().isInterrupted()) {
                write(line, stream, more);
              }
            }),
        bad(
            "garbage",
            "bad-answer",
            "502",
            (line, stream) -> {
              line.write("garbage, and a lot of it, in place of a frame");
              line.untilLeft();
            }));
  }

  private static Bad frames(String name, String failure, String seen, byte[]... frames) {
    return bad(
        name,
        failure,
        seen,
        (line, stream) -> {
          write(line, stream, frames);
        });
  }

  /** Waits for the preface, then takes its turn with each request. */
  private static Bad bad(String name, String failure, String seen, Turn turn) {
    return new Bad(
        name,
        (line, head) -> {
          line.readUntil("SM\r\n\r\n");
          write(line, 0, frame(SETTINGS, 0, 0, NOTHING), frame(SETTINGS, 1, 0, NOTHING));
          for (String next = line.read(9); !next.isEmpty(); next = line.read(9)) {
            line.read(next.charAt(0) << 16 | next.charAt(1) << 8 | next.charAt(2));
            if (next.charAt(3) == HEADERS) {
              turn.play(line, next.charAt(8));
            }
          }
        },
        failure,
        seen);
  }

  private static byte[] headers(int flags, String... fields) {
    return frame(HEADERS, flags, 1, block(fields));
  }

  /** Writes frames that were made for stream 1 to the one that is open now. */
  private static void write(Line line, int stream, byte[]... frames) throws IOException {
    for (byte[] one : frames) {
      byte[] readdressed = one.clone();
      readdressed[8] = (byte) stream;
      line.write(readdressed);
    }
  }
}
