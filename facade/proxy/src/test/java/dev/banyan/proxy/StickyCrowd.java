package dev.banyan.proxy;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Many clients, each of which keeps its own cookie as a browser does. They share a few connections,
 * as clients behind a load balancer do, so that a connection says nothing about a client.
 */
final class StickyCrowd {
  private static final int CONNECTIONS = 16;

  /** Requests written before their answers are read; fewer than any buffer holds. */
  private static final int AHEAD = 25;

  private static final int PATIENCE_MILLIS = 60_000;
  private static final String SET_COOKIE = "Set-Cookie: ";

  private final int port;
  private final IntFunction<String> identity;
  private final @Nullable String[] cookies;

  /**
   * @param identity the header lines that a client is known by, each with its line end; or nothing
   */
  StickyCrowd(int port, int clients, IntFunction<String> identity) {
    this.port = port;
    this.identity = identity;
    this.cookies = new String[clients];
  }

  /** Each client asks once; who was answered by the migrated side. */
  BitSet ask() throws InterruptedException {
    BitSet migrated = new BitSet(cookies.length);
    try (ExecutorService connections = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<BitSet>> parts =
          IntStream.range(0, CONNECTIONS)
              .mapToObj(n -> connections.submit(() -> askOverOneConnection(n)))
              .toList();
      for (Future<BitSet> part : parts) {
        migrated.or(part.get());
      }
    } catch (ExecutionException failed) {
      throw new AssertionError(failed.getCause());
    }
    return migrated;
  }

  /** The cookie a client holds; null where it holds none. */
  @Nullable String cookie(int client) {
    return cookies[client];
  }

  /** Gives a client a cookie it was never told to keep. */
  void forge(int client, @Nullable String cookie) {
    cookies[client] = cookie;
  }

  long holdingCookies() {
    return Arrays.stream(cookies).filter(cookie -> cookie != null).count();
  }

  private BitSet askOverOneConnection(int part) throws IOException {
    BitSet migrated = new BitSet(cookies.length);
    int[] mine = IntStream.range(0, cookies.length).filter(c -> c % CONNECTIONS == part).toArray();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
      for (int from = 0; from < mine.length; from += AHEAD) {
        int to = Math.min(mine.length, from + AHEAD);
        StringBuilder out = new StringBuilder();
        for (int at = from; at < to; at++) {
          out.append("GET / HTTP/1.1\r\nHost: shop.example\r\n").append(identity.apply(mine[at]));
          String cookie = cookies[mine[at]];
          out.append(cookie == null ? "\r\n" : "Cookie: " + cookie + "\r\n\r\n");
        }
        socket.getOutputStream().write(out.toString().getBytes(StandardCharsets.ISO_8859_1));
        for (int at = from; at < to; at++) {
          migrated.set(mine[at], answer(in, mine[at]).equals("next"));
        }
      }
    }
    return migrated;
  }

  /** The body, which names a side; the client keeps what it is told to. */
  private String answer(InputStream in, int client) throws IOException {
    String status = line(in);
    if (!status.equals("HTTP/1.1 200 OK")) {
      throw new IOException("status: " + status + " (expected: 200)");
    }
    int length = 0;
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      if (line.regionMatches(true, 0, "Content-Length: ", 0, 16)) {
        length = Integer.parseInt(line.substring(16));
      } else if (line.regionMatches(true, 0, SET_COOKIE, 0, SET_COOKIE.length())) {
        boolean ends = line.contains("Max-Age=0");
        cookies[client] = ends ? null : line.substring(SET_COOKIE.length(), line.indexOf(';'));
      }
    }
    return new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(64);
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new IOException("connection: ended (expected: an answer)");
      }
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }
}
