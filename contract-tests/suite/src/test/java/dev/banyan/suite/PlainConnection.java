package dev.banyan.suite;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * An HTTP/1.1 connection that never tries again by itself, and says whether an answer had begun.
 */
final class PlainConnection implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 15_000;
  private static final String LENGTH = "content-length:";

  private final Socket socket = new Socket();
  private final InputStream in;
  private final int generation;
  private long usedAt = System.nanoTime();

  /** The connection was refused or ended before any byte of the answer. */
  static final class NoAnswer extends IOException {
    private static final long serialVersionUID = 1L;

    NoAnswer(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** A whole answer. */
  record Answer(int status, String body) {}

  /**
   * @param generation of the process that it leads to
   */
  PlainConnection(int port, int generation) throws IOException {
    this.generation = generation;
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
      in = new BufferedInputStream(socket.getInputStream());
    } catch (IOException refused) {
      socket.close();
      throw new NoAnswer("no connection: " + refused.getMessage(), refused);
    }
  }

  int generation() {
    return generation;
  }

  long idleNanos() {
    return System.nanoTime() - usedAt;
  }

  Answer get(String path, String client) throws IOException {
    String request = "GET " + path + " HTTP/1.1\r\nHost: shop\r\nX-Client: " + client + "\r\n\r\n";
    int first;
    try {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      in.mark(1);
      first = in.read();
    } catch (java.net.SocketTimeoutException late) {
      throw late;
    } catch (IOException reset) {
      throw new NoAnswer("reset: " + reset.getMessage(), reset);
    }
    if (first < 0) {
      throw new NoAnswer("closed", null);
    }
    in.reset();
    Answer answer = read();
    usedAt = System.nanoTime();
    return answer;
  }

  private Answer read() throws IOException {
    int status = Integer.parseInt(line().substring("HTTP/1.1 ".length()).substring(0, 3));
    int length = -1;
    for (String line = line(); !line.isEmpty(); line = line()) {
      if (line.toLowerCase(Locale.ROOT).startsWith(LENGTH)) {
        length = Integer.parseInt(line.substring(LENGTH.length()).strip());
      }
    }
    if (length < 0) {
      throw new IOException("an answer without a length, status " + status);
    }
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new IOException("an answer was cut after " + body.length + " of " + length);
    }
    return new Answer(status, new String(body, StandardCharsets.UTF_8));
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("an answer was cut within its head");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException alreadyGone) {
      // That is what is wanted.
    }
  }
}
