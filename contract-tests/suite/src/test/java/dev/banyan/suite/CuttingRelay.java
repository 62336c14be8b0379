package dev.banyan.suite;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between the facade and a server, and cuts every so many requests off: in turn within the
 * request, and after it, when the server is at work. A request of the tests is one read.
 */
final class CuttingRelay implements AutoCloseable {
  private final ServerSocket server;
  private final int to;
  private final int every;
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger cuts = new AtomicInteger();

  CuttingRelay(int to, int every) throws IOException {
    this.to = to;
    this.every = every;
    this.server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  int cuts() {
    return cuts.get();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Thread.ofVirtual().start(() -> relay(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void relay(Socket client) {
    try (client;
        Socket module = new Socket(InetAddress.getLoopbackAddress(), to)) {
      Thread back = Thread.ofVirtual().start(() -> answers(module, client));
      forward(client, module);
      back.join();
    } catch (IOException gone) {
      // The module is being killed, or the facade has gone: the other end sees the same.
      reset(client);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void forward(Socket client, Socket module) throws IOException {
    byte[] read = new byte[1 << 16];
    InputStream in = client.getInputStream();
    OutputStream out = module.getOutputStream();
    for (int n = in.read(read); n > 0; n = in.read(read)) {
      int number = requests.incrementAndGet();
      if (number % every != 0) {
        out.write(read, 0, n);
        continue;
      }
      out.write(read, 0, number / every % 2 == 0 ? n / 2 : n);
      cuts.incrementAndGet();
      reset(module);
      reset(client);
      return;
    }
    module.shutdownOutput();
  }

  private static void answers(Socket module, Socket client) {
    try {
      module.getInputStream().transferTo(client.getOutputStream());
      client.shutdownOutput();
    } catch (IOException gone) {
      reset(client);
    }
  }

  private static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException alreadyClosed) {
      // That is what was wanted.
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
