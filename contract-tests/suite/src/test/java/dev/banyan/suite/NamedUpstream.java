package dev.banyan.suite;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An upstream that answers with its name; under {@code /slow} only once it is let. */
final class NamedUpstream implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<String> traces = new CopyOnWriteArrayList<>();
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

  /** The sampled traceparents that came, in their order. */
  List<String> seenTraces() {
    return traces;
  }

  void awaitSlowRequest() throws InterruptedException {
    slowArrived.await();
  }

  void letSlowEnd() {
    slowMayEnd.countDown();
  }

  private void answer(HttpExchange exchange, String name) throws IOException {
    String trace = exchange.getRequestHeaders().getFirst("traceparent");
    if (trace != null && trace.endsWith("01")) {
      traces.add(trace);
    }
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
