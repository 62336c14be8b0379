package dev.banyan.proxy.badrequests;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One conversation of a client with the facade: what it does, step by step, and all it hears. */
final class Talk {
  /** Who has answered and said nothing more for so long will say nothing more. */
  private static final int QUIET_MILLIS = 400;

  private static final int CAP_MILLIS = 5_000;
  private static final int CONTINUE_MILLIS = 2_000;

  private final StringBuilder heard = new StringBuilder();
  private final Socket socket;
  private boolean closed;
  private boolean reset;

  private Talk(Socket socket) {
    this.socket = socket;
  }

  static Heard with(int port, List<Case.Step> parts, String method) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
      Talk talk = new Talk(socket);
      talk.say(parts);
      talk.listenOn();
      return Heard.of(talk.heard.toString(), method, talk.closed, talk.reset);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void say(List<Case.Step> parts) throws IOException {
    for (Case.Step part : parts) {
      switch (part) {
        case Case.Step.Write(String text) -> write(text);
        case Case.Step.Pause(long millis) -> listen((int) millis, null);
        case Case.Step.Word(String word) when word.equals("wait100") ->
            listen(CONTINUE_MILLIS, "\r\n\r\n");
        case Case.Step.Word(String word) -> socket.shutdownOutput();
      }
      if (closed) {
        return;
      }
    }
  }

  private void write(String latin1) {
    try {
      OutputStream out = socket.getOutputStream();
      out.write(latin1.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IOException refused) {
      // What was answered before the connection went may still be read.
      return;
    }
  }

  private void listenOn() throws IOException {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CAP_MILLIS);
    int before = -1;
    while (!closed && (heard.isEmpty() || heard.length() != before) && System.nanoTime() < until) {
      before = heard.length();
      listen(QUIET_MILLIS, null);
    }
  }

  private void listen(int millis, @org.jspecify.annotations.Nullable String mark)
      throws IOException {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    InputStream in = socket.getInputStream();
    byte[] buffer = new byte[1 << 16];
    while (!closed && (mark == null || heard.indexOf(mark) < 0)) {
      long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
      if (left <= 0) {
        return;
      }
      try {
        socket.setSoTimeout((int) left);
        int count = in.read(buffer);
        closed = count < 0;
        heard.append(new String(buffer, 0, Math.max(0, count), StandardCharsets.ISO_8859_1));
      } catch (SocketTimeoutException quiet) {
        return;
      } catch (IOException gone) {
        closed = true;
        reset = true;
      }
    }
  }

  /** A pause that a case asks for. */
  static void pause(long millis) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }
}
