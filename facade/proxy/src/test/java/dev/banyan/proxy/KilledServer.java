package dev.banyan.proxy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/** An HTTP server in a process of its own, to be killed and stopped. */
final class KilledServer implements AutoCloseable {
  private OwnProcess process = start(0);

  KilledServer() throws IOException {}

  private static OwnProcess start(int port) throws IOException {
    return new OwnProcess(KilledServer.class, Integer.toString(port));
  }

  int port() {
    return process.port();
  }

  void kill() throws InterruptedException {
    process.kill();
  }

  void restart() throws IOException {
    process = start(port());
  }

  void freeze() throws IOException, InterruptedException {
    process.freeze();
  }

  void thaw() throws IOException, InterruptedException {
    process.thaw();
  }

  @Override
  public void close() {
    process.close();
  }

  public static void main(String[] args) throws IOException {
    HttpServer server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])),
            200);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          byte[] ok = "ok".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, ok.length);
          exchange.getResponseBody().write(ok);
          exchange.close();
        });
    server.start();
    System.out.println(server.getAddress().getPort());
  }
}
