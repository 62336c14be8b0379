package dev.banyan.proxy;

import static dev.banyan.proxy.FrameClient.END_HEADERS;
import static dev.banyan.proxy.FrameClient.END_STREAM;
import static dev.banyan.proxy.FrameClient.block;
import static dev.banyan.proxy.FrameClient.frame;
import static dev.banyan.proxy.FrameClient.integer;
import static dev.banyan.proxy.FrameClient.latin;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Floods of HTTP/2, bounded in frames: the facade ends the connection or takes them without harm,
 * the upstream sees little of them, and another client is served at once.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class Http2FloodIT {
  private static final byte[] NONE = {};
  private static final byte[] GET = request("GET");
  private static final byte[] POST = request("POST");
  private static final int HEADERS_WHOLE = END_HEADERS | END_STREAM;

  private final Rig rig = new Rig();
  private ScriptedUpstream upstream =
      ScriptedUpstream.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");

  /** What the facade has to do in the end. */
  enum Then {
    ENDS_THE_CONNECTION,
    MAY_GO_ON
  }

  record Flood(
      String title,
      Then then,
      int frames,
      int most,
      Supplier<byte[]> settings,
      Supplier<byte[]> first,
      IntFunction<byte[]> next) {
    @Override
    public String toString() {
      return title;
    }
  }

  @BeforeAll
  void open() {
    upstream = rig.upstream(upstream);
  }

  @AfterAll
  void close() {
    rig.close();
  }

  private static byte[] request(String method) {
    return block(":method", method, ":scheme", "http", ":path", "/c", ":authority", "h.test");
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static int stream(int i) {
    return 2 * i + 1;
  }

  private static Flood ends(String title, int frames, byte[] first, IntFunction<byte[]> next) {
    return new Flood(title, Then.ENDS_THE_CONNECTION, frames, 3000, () -> NONE, () -> first, next);
  }

  private static Flood bounded(String title, int frames, int most, IntFunction<byte[]> next) {
    return new Flood(title, Then.MAY_GO_ON, frames, most, () -> NONE, () -> NONE, next);
  }

  static Stream<Flood> floods() {
    byte[] begun = frame(FrameClient.HEADERS, END_STREAM, 1, GET);
    byte[] open = frame(FrameClient.HEADERS, END_HEADERS, 1, POST);
    byte[] entry = join(new byte[] {0x40}, integer(0, 7, 3), latin("x-b"), value(3900));
    byte[] crumb = join(new byte[] {0x40}, integer(0, 7, 6), latin("cookie"), value(1));
    return Stream.of(
        ends(
            "rapid reset",
            10_000,
            NONE,
            i ->
                join(
                    frame(FrameClient.HEADERS, HEADERS_WHOLE, stream(i), GET),
                    frame(FrameClient.RST_STREAM, 0, stream(i), new byte[] {0, 0, 0, 8}))),
        ends(
            "MadeYouReset by a window update of 0",
            10_000,
            NONE,
            i ->
                join(
                    frame(FrameClient.HEADERS, HEADERS_WHOLE, stream(i), GET),
                    frame(FrameClient.WINDOW_UPDATE, 0, stream(i), new byte[4]))),
        ends(
            "MadeYouReset by window overflow",
            10_000,
            NONE,
            i ->
                join(
                    frame(FrameClient.HEADERS, END_HEADERS, stream(i), POST),
                    frame(FrameClient.WINDOW_UPDATE, 0, stream(i), new byte[] {127, -1, -1, -1}))),
        ends(
            "MadeYouReset by a short PRIORITY",
            10_000,
            NONE,
            i ->
                join(
                    frame(FrameClient.HEADERS, END_HEADERS, stream(i), POST),
                    frame(FrameClient.PRIORITY, 0, stream(i), new byte[4]))),
        ends(
            "CONTINUATION of 1 kB each",
            10_000,
            begun,
            i -> frame(FrameClient.CONTINUATION, 0, 1, block("x-" + i, "a".repeat(1000)))),
        ends("empty CONTINUATION", 20_000, begun, i -> frame(FrameClient.CONTINUATION, 0, 1, NONE)),
        ends("empty DATA", 20_000, open, i -> frame(FrameClient.DATA, 0, 1, NONE)),
        ends(
            "window updates of 0 on the connection",
            100,
            NONE,
            i -> frame(FrameClient.WINDOW_UPDATE, 0, 0, new byte[4])),
        bounded("PING", 50_000, 0, i -> frame(FrameClient.PING, 0, 0, latin("12345678"))),
        bounded(
            "SETTINGS",
            20_000,
            0,
            i -> frame(FrameClient.SETTINGS, 0, 0, new byte[] {0, 4, 0, 0, -1, (byte) (i % 2)})),
        bounded(
            "PRIORITY",
            20_000,
            0,
            i -> frame(FrameClient.PRIORITY, 0, stream(i), new byte[] {0, 0, 0, 0, 16})),
        bounded("unknown frames", 20_000, 0, i -> frame(0x77, 0, 0, new byte[100])),
        bounded(
            "streams above the limit",
            2000,
            300,
            i -> frame(FrameClient.HEADERS, END_HEADERS, stream(i), POST)),
        bounded(
            "HPACK bomb",
            20,
            1,
            i ->
                frame(
                    FrameClient.HEADERS,
                    HEADERS_WHOLE,
                    stream(i),
                    join(i == 0 ? entry : NONE, GET, references(4000)))),
        new Flood(
            "16,000 references to a cookie, window 0",
            Then.MAY_GO_ON,
            100,
            5,
            () -> new byte[] {0, 4, 0, 0, 0, 0},
            () -> NONE,
            i ->
                frame(
                    FrameClient.HEADERS,
                    HEADERS_WHOLE,
                    stream(i),
                    join(i == 0 ? crumb : NONE, GET, references(16_000)))),
        new Flood(
            "answers' heads of at most 16 bytes",
            Then.MAY_GO_ON,
            1000,
            1000,
            () -> new byte[] {0, 6, 0, 0, 0, 16},
            () -> NONE,
            i -> frame(FrameClient.HEADERS, HEADERS_WHOLE, stream(i), GET)));
  }

  private static byte[] value(int length) {
    return join(integer(0, 7, length), latin("a".repeat(length)));
  }

  /** To the newest entry of the dynamic table. */
  private static byte[] references(int count) {
    byte[] all = new byte[count];
    java.util.Arrays.fill(all, (byte) 0xbe);
    return all;
  }

  @ParameterizedTest
  @MethodSource("floods")
  void doesNoHarm(Flood flood) {
    int before = upstream.heads().size();
    try (FrameClient client = new FrameClient(rig.facade().port(), flood.settings().get())) {
      client.read(200, 0).send(flood.first().get());
      int batch = Math.max(1, flood.frames() / 200);
      for (int i = 0; i < flood.frames() && !client.over(); i += batch) {
        byte[][] frames = new byte[batch][];
        for (int j = 0; j < batch; j++) {
          frames[j] = flood.next().apply(i + j);
        }
        client.send(frames).read(1, 0);
      }
      client.read(1000, 0);
      if (flood.then() == Then.ENDS_THE_CONNECTION) {
        assertThat(client.over()).isTrue();
      }
    }
    assertThat(upstream.heads().size() - before).isLessThanOrEqualTo(flood.most());
    try (FrameClient another = new FrameClient(rig.facade().port(), NONE)) {
      another.send(frame(FrameClient.HEADERS, HEADERS_WHOLE, 1, GET)).read(3000, 1);
      assertThat(another.outcome(1)).isEqualTo("200");
    }
  }
}
