package dev.banyan.proxy;

import dev.banyan.rules.Upstream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A server on a raw socket that does with each request what its script says. */
final class ScriptedUpstream implements AutoCloseable {
  /** What is done with one connection that has sent a head. */
  @FunctionalInterface
  interface Script {
    void play(Line line, String head) throws IOException;
  }

  private final ServerSocket server;
  private final Script script;
  private final @Nullable SSLContext tls;
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final AtomicInteger ended = new AtomicInteger();

  ScriptedUpstream(Script script) {
    this(script, InetAddress.getLoopbackAddress(), 0);
  }

  ScriptedUpstream(Script script, InetAddress address, int port) {
    this(script, address, port, null);
  }

  /** Over TLS; its lines end without a goodbye of TLS. */
  static ScriptedUpstream overTls(Script script, SSLContext tls) {
    return new ScriptedUpstream(script, InetAddress.getLoopbackAddress(), 0, tls);
  }

  private ScriptedUpstream(Script script, InetAddress address, int port, @Nullable SSLContext tls) {
    this.script = script;
    this.tls = tls;
    try {
      server = new ServerSocket(port, 200, address);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /** Answers each request with the same bytes and keeps the connection. */
  static ScriptedUpstream answering(String bytes) {
    return new ScriptedUpstream((line, head) -> line.write(bytes));
  }

  /** One connection. */
  static final class Line {
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    private Line(Socket socket, Socket spoken) throws IOException {
      this.socket = socket;
      this.in = new java.io.BufferedInputStream(spoken.getInputStream());
      this.out = spoken.getOutputStream();
    }

    void write(String bytes) throws IOException {
      out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }

    void write(byte[] bytes) throws IOException {
      out.write(bytes);
    }

    String readUntil(String mark) throws IOException {
      ByteArrayOutputStream read = new ByteArrayOutputStream();
      while (!read.toString(StandardCharsets.ISO_8859_1).endsWith(mark)) {
        int b = in.read();
        if (b < 0) {
          return "";
        }
        read.write(b);
      }
      return read.toString(StandardCharsets.ISO_8859_1);
    }

    String read(int length) throws IOException {
      return new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
    }

    /** The body, framed as the head says; up to the cut if it is cut. */
    String body(String head) throws IOException {
      String lower = head.toLowerCase(Locale.ROOT);
      if (lower.contains("transfer-encoding: chunked")) {
        return readUntil("0\r\n\r\n");
      }
      int at = lower.indexOf("content-length: ");
      return at < 0
          ? ""
          : read(Integer.parseInt(lower.substring(at + 16, lower.indexOf("\r\n", at))));
    }

    void close() throws IOException {
      socket.close();
    }

    void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }

    /** Waits for the other end to go. */
    void untilLeft() {
      try {
        in.transferTo(OutputStream.nullOutputStream());
      } catch (IOException gone) {
        // A reset is a way to leave, too; the loop that reads the next head counts it.
        return;
      }
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        sockets.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try {
      Line line = new Line(socket, tls == null ? socket : serverOf(tls, socket));
      for (String head = line.readUntil("\r\n\r\n");
          !head.isEmpty();
          head = line.readUntil("\r\n\r\n")) {
        heads.add(head);
        script.play(line, head);
      }
      ended.incrementAndGet();
      socket.close();
    } catch (IOException gone) {
      ended.incrementAndGet();
    }
  }

  private static Socket serverOf(SSLContext tls, Socket socket) throws IOException {
    InputStream nothingRead = InputStream.nullInputStream();
    return tls.getSocketFactory().createSocket(socket, nothingRead, true);
  }

  int port() {
    return server.getLocalPort();
  }

  List<String> heads() {
    return heads;
  }

  String lastHead() {
    return heads.getLast();
  }

  int connections() {
    return sockets.size();
  }

  /** Connections that the other end left. */
  int ended() {
    return ended.get();
  }

  Upstream upstream() {
    return upstream(Duration.ofSeconds(10), 8);
  }

  Upstream upstream(Duration timeout, int connections) {
    URI url = URI.create("http://127.0.0.1:" + server.getLocalPort());
    return new Upstream(
        "test", List.of(url), Upstream.Protocol.HTTP1, Duration.ofSeconds(2), timeout, connections);
  }

  /** The same, spoken to in HTTP/2: the script sees the preface as the first head. */
  Upstream http2(Duration timeout) {
    Upstream plain = upstream(timeout, 8);
    return new Upstream(
        "test",
        plain.urls(),
        Upstream.Protocol.HTTP2,
        plain.connectTimeout(),
        timeout,
        plain.connections());
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
