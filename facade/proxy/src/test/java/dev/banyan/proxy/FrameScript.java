package dev.banyan.proxy;

import static dev.banyan.proxy.FrameClient.DATA;
import static dev.banyan.proxy.FrameClient.END_HEADERS;
import static dev.banyan.proxy.FrameClient.END_STREAM;
import static dev.banyan.proxy.FrameClient.HEADERS;
import static dev.banyan.proxy.FrameClient.SETTINGS;
import static dev.banyan.proxy.FrameClient.block;
import static dev.banyan.proxy.FrameClient.frame;
import static dev.banyan.proxy.FrameClient.latin;

import dev.banyan.proxy.ScriptedUpstream.Line;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** An upstream that speaks HTTP/2 frame by frame: it takes its turn with each request. */
final class FrameScript implements ScriptedUpstream.Script {
  private static final byte[] NOTHING = {};

  /** What is done with a request; connections count from one. */
  interface Turn {
    void play(Line line, int connection, int stream) throws IOException;
  }

  private final Turn turn;
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger requests = new AtomicInteger();

  FrameScript(Turn turn) {
    this.turn = turn;
  }

  /** Requests that came. */
  int requests() {
    return requests.get();
  }

  @Override
  public void play(Line line, String head) throws IOException {
    int connection = connections.incrementAndGet();
    line.readUntil("SM\r\n\r\n");
    line.write(frame(SETTINGS, 0, 0, NOTHING));
    line.write(frame(SETTINGS, 1, 0, NOTHING));
    for (String next = line.read(9); next.length() == 9; next = line.read(9)) {
      line.read(next.charAt(0) << 16 | next.charAt(1) << 8 | next.charAt(2));
      if (next.charAt(3) == HEADERS) {
        requests.incrementAndGet();
        turn.play(line, connection, next.charAt(7) << 8 | next.charAt(8));
      }
    }
  }

  /** A whole answer. */
  static void answer(Line line, int stream, String body) throws IOException {
    String length = Integer.toString(body.length());
    line.write(frame(HEADERS, END_HEADERS, stream, head(length)));
    line.write(frame(DATA, END_STREAM, stream, latin(body)));
  }

  /** The fields of a good answer of this length. */
  static byte[] head(String length) {
    return block(":status", "200", "content-length", length);
  }

  /** Numbers of four bytes, as RST_STREAM and GOAWAY carry them. */
  static byte[] numbers(int... numbers) {
    byte[] bytes = new byte[4 * numbers.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (numbers[i / 4] >> (24 - 8 * (i % 4)));
    }
    return bytes;
  }
}
