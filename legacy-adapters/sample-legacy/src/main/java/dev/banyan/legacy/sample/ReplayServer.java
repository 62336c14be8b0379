package dev.banyan.legacy.sample;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Answers recorded requests with recorded bytes, over plain sockets so that no byte is lost. */
public final class ReplayServer implements AutoCloseable {
  private static final int IDLE_MILLIS = 60_000;

  private final CaptureBook book;
  private final ServerSocket listener;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private ReplayServer(CaptureBook book, ServerSocket listener) {
    this.book = book;
    this.listener = listener;
  }

  /** Starts on the loopback address; port 0 takes a free one. */
  public static ReplayServer start(Path captures, int port) throws IOException {
    CaptureBook book = CaptureBook.read(captures);
    var listener = new ServerSocket();
    listener.setReuseAddress(true);
    listener.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 256);
    var server = new ReplayServer(book, listener);
    // A platform thread keeps the process alive, as a server should.
    Thread.ofPlatform().name("sample-legacy-replay").start(server::accept);
    return server;
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        open.add(socket);
        Thread.ofVirtual().start(() -> converse(socket));
      } catch (IOException e) {
        // Closed from outside, or the caller left before we came: the loop's condition decides.
      }
    }
  }

  private void converse(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(IDLE_MILLIS);
      var in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      boolean goOn = true;
      while (goOn) {
        Optional<RawRequest> request = RawRequest.read(in, out);
        goOn = request.isPresent() && answer(request.get(), out);
      }
    } catch (IOException e) {
      // The caller went away or spoke no HTTP; its connection ends, the server goes on.
    } finally {
      open.remove(socket);
    }
  }

  /** Whether the connection stays open. */
  private boolean answer(RawRequest request, OutputStream out) throws IOException {
    Optional<Capture> capture = book.find(request);
    if (capture.isEmpty()) {
      out.write(unknown(request));
      out.flush();
      return !request.wantsClose();
    }
    CapturedResponse response = capture.get().response();
    out.write(response.bytesFor(request.header("Host").orElse("")));
    out.flush();
    return !response.close() && !request.wantsClose();
  }

  private static byte[] unknown(RawRequest request) {
    String body =
        "request: "
            + request.method()
            + " "
            + request.target()
            + " (expected: one in the captures)\n";
    byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
    String head =
        "HTTP/1.1 404 Not In The Captures\r\nContent-Type: text/plain\r\nContent-Length: "
            + bytes.length
            + "\r\n\r\n";
    String answer = request.method().equals("HEAD") ? head : head + body;
    return answer.getBytes(StandardCharsets.ISO_8859_1);
  }
}
