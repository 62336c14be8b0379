package dev.banyan.suite;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An upstream that answers with its name; under {@code /slow} only once it is let. */
final class NamedUpstream implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch slowArrived = new CountDownLatch(1);
  private final CountDownLatch slowMayEnd = new CountDownLatch(1);

  NamedUpstream(String name) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
    server.setExecutor(threads);
    server.createContext("/", exchange -> answer(exchange, name));
    server.createContext("/slow", exchange -> slowly(exchange, name));
    server.createContext("/broken", NamedUpstream::fail);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  void awaitSlowRequest() throws InterruptedException {
    slowArrived.await();
  }

  void letSlowEnd() {
    slowMayEnd.countDown();
  }

  private static void answer(HttpExchange exchange, String name) throws IOException {
    byte[] body = name.getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static void fail(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(500, -1);
    }
  }

  private void slowly(HttpExchange exchange, String name) throws IOException {
    slowArrived.countDown();
    try {
      slowMayEnd.await();
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
    answer(exchange, name);
  }

  @Override
  public void close() {
    slowMayEnd.countDown();
    server.stop(0);
    threads.close();
  }
}
