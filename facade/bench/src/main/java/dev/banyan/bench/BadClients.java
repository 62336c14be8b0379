package dev.banyan.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients as they are: some post, some leave in the middle, some read slowly. Each kind on a thread
 * of its own until closed; what becomes of their requests is not looked at.
 */
final class BadClients implements AutoCloseable {
  private static final int SMALL_WINDOW = 4096;
  private static final byte[] BODY = "x".repeat(10_000).getBytes(StandardCharsets.US_ASCII);

  private final int port;
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicLong done = new AtomicLong();
  private volatile boolean closed;

  /** One client's life. */
  private interface Life {
    void live(Socket socket, long number) throws IOException, InterruptedException;
  }

  BadClients(int port) {
    this.port = port;
    start("posts", 5, this::post);
    start("leaves", 3, this::leave);
    start("slow", 0, this::readSlowly);
    start("slow", 0, this::readSlowly);
  }

  /** How many clients have come and gone. */
  long done() {
    return done.get();
  }

  private void start(String name, int pauseMillis, Life life) {
    threads.add(
        Thread.ofPlatform()
            .name(name)
            .start(
                () -> {
                  for (long i = 0; !closed; i++) {
                    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                      socket.setSoTimeout(5000);
                      life.live(socket, i);
                      Thread.sleep(pauseMillis);
                    } catch (IOException refusedOrCut) {
                      // As it comes: the facade may close on such clients.
                    } catch (InterruptedException stopped) {
                      return;
                    }
                    done.incrementAndGet();
                  }
                }));
  }

  private void post(Socket socket, long number) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(head("POST", "/off", "Content-Length: " + BODY.length + "\r\n"));
    out.write(BODY);
    socket.getInputStream().read(new byte[1024]);
  }

  /** With a reset: before the head is whole, within the body, or while the answer is awaited. */
  private void leave(Socket socket, long number) throws IOException, InterruptedException {
    OutputStream out = socket.getOutputStream();
    switch ((int) (number % 4)) {
      case 0 -> out.write("GET /off HTTP/1.1\r\nHo".getBytes(StandardCharsets.US_ASCII));
      case 1 -> {
        out.write(head("POST", "/off", "Content-Length: 100000\r\n"));
        out.write(BODY);
        Thread.sleep(1);
      }
      case 2 -> out.write(head("GET", "/large", ""));
      default -> {
        out.write(head("POST", "/hanging", "Transfer-Encoding: chunked\r\n"));
        out.write("5\r\nhello\r\n".getBytes(StandardCharsets.US_ASCII));
      }
    }
    socket.setSoLinger(true, 0);
  }

  private void readSlowly(Socket socket, long number) throws IOException, InterruptedException {
    socket.setReceiveBufferSize(SMALL_WINDOW);
    socket.getOutputStream().write(head("GET", "/large", ""));
    InputStream in = socket.getInputStream();
    byte[] some = new byte[2048];
    for (int i = 0; i < 40 && !closed && in.read(some) > 0; i++) {
      Thread.sleep(20);
    }
  }

  private static byte[] head(String method, String path, String more) {
    return "%s %s HTTP/1.1\r\nHost: shop.test\r\nAccept: */*\r\n%s\r\n"
        .formatted(method, path, more)
        .getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() {
    closed = true;
    threads.forEach(Thread::interrupt);
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }
}
