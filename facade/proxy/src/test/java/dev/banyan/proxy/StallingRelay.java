package dev.banyan.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/** Stands between two ends and can lose, without a word, whatever its connections carry. */
final class StallingRelay implements AutoCloseable {
  private final ServerSocket server;
  private final int port;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private volatile AtomicBoolean stalled = new AtomicBoolean();

  StallingRelay(int port) {
    this.port = port;
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  /** From now on the connections there are forward nothing more; later ones do. */
  void stall() {
    AtomicBoolean before = stalled;
    stalled = new AtomicBoolean();
    before.set(true);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket in = server.accept();
        Socket out = new Socket(InetAddress.getLoopbackAddress(), port);
        sockets.add(in);
        sockets.add(out);
        AtomicBoolean stall = stalled;
        Thread.ofVirtual().start(() -> pump(in, out, stall));
        Thread.ofVirtual().start(() -> pump(out, in, stall));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static void pump(Socket from, Socket to, AtomicBoolean stall) {
    byte[] bytes = new byte[8192];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
        if (!stall.get()) {
          out.write(bytes, 0, n);
        }
      }
      if (!stall.get()) {
        to.close();
      }
    } catch (IOException gone) {
      // The other direction ends by itself.
      return;
    }
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
