package dev.banyan.proxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A client that writes bytes and reads bytes; one char is one byte. */
final class RawClient implements AutoCloseable {
  /** What was read. */
  record Answer(String head, String body) {
    String statusLine() {
      return head.substring(0, head.indexOf("\r\n"));
    }

    boolean has(String line) {
      return head.contains("\r\n" + line + "\r\n");
    }
  }

  private static final int PATIENCE_MILLIS = 20_000;
  private final Socket socket;

  RawClient(int port) {
    try {
      socket = new Socket(java.net.InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(PATIENCE_MILLIS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  RawClient send(String bytes) {
    try {
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One request line with a Host and the given further header lines, and no body. */
  RawClient get(String target, String... lines) {
    StringBuilder out = new StringBuilder("GET " + target + " HTTP/1.1\r\nHost: shop.example\r\n");
    for (String line : lines) {
      out.append(line).append("\r\n");
    }
    return send(out + "\r\n");
  }

  /** Reads up to and with a mark. */
  String readUntil(String mark) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      InputStream in = socket.getInputStream();
      while (!out.toString(StandardCharsets.ISO_8859_1).endsWith(mark)) {
        int b = in.read();
        if (b < 0) {
          throw new AssertionError(
              "ended before " + mark.strip() + ": " + out.toString(StandardCharsets.ISO_8859_1));
        }
        out.write(b);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(out.toString(StandardCharsets.ISO_8859_1), e);
    }
    return out.toString(StandardCharsets.ISO_8859_1);
  }

  /** Reads one answer that is framed by its length, by chunks, or has no body. */
  Answer answer() {
    String head = readUntil("\r\n\r\n");
    String lower = head.toLowerCase(Locale.ROOT);
    if (lower.contains("\r\ntransfer-encoding: chunked\r\n")) {
      return new Answer(head, readUntil("0\r\n\r\n"));
    }
    int at = lower.indexOf("\r\ncontent-length:");
    if (at < 0) {
      return new Answer(head, "");
    }
    int length = Integer.parseInt(lower.substring(at + 17, lower.indexOf("\r\n", at + 17)).strip());
    try {
      byte[] body = socket.getInputStream().readNBytes(length);
      return new Answer(head, new String(body, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Answer head() {
    return new Answer(readUntil("\r\n\r\n"), "");
  }

  /**
   * Everything until the connection ends; a reset is told by the word {@code <reset>} at the end.
   */
  String rest() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      socket.getInputStream().transferTo(out);
      return out.toString(StandardCharsets.ISO_8859_1);
    } catch (SocketException reset) {
      return out.toString(StandardCharsets.ISO_8859_1) + "<reset>";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  InputStream in() {
    try {
      return socket.getInputStream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Leaves with a reset instead of a goodbye. */
  void vanish() {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
