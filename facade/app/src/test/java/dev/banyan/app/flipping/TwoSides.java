package dev.banyan.app.flipping;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Legacy, which is good, and a migrated side that goes bad when told to. */
final class TwoSides implements AutoCloseable {
  private static final String GOOD = "{\"price\":1}";
  private static final String WRONG = "{\"price\":2}";
  private static final int LEGACY_MILLIS = 20;

  /** What the migrated side does wrong. */
  enum Fault {
    NONE,
    ERRORS,
    TEN_TIMES_SLOWER,
    FIVE_PERCENT_WRONG
  }

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer legacy = server(this::legacy);
  private final HttpServer migrated = server(this::migrated);
  private final AtomicInteger byLegacy = new AtomicInteger();
  private final AtomicInteger byMigrated = new AtomicInteger();
  private final AtomicInteger sinceFirstFault = new AtomicInteger();
  private final AtomicLong firstFault = new AtomicLong();
  private volatile Fault fault = Fault.NONE;

  private HttpServer server(com.sun.net.httpserver.HttpHandler handler) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
      server.setExecutor(threads);
      server.createContext("/", handler);
      server.start();
      return server;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  String upstreams() {
    return "  legacy: { url: http://127.0.0.1:%d }\n  next: { url: http://127.0.0.1:%d }\n"
        .formatted(legacy.getAddress().getPort(), migrated.getAddress().getPort());
  }

  void set(Fault next) {
    firstFault.set(0);
    sinceFirstFault.set(0);
    fault = next;
  }

  int byLegacy() {
    return byLegacy.get();
  }

  int byMigrated() {
    return byMigrated.get();
  }

  /** Requests that the migrated side has answered from its first faulty answer on. */
  int sinceFirstFault() {
    return sinceFirstFault.get();
  }

  long nanosSinceFirstFault() {
    return System.nanoTime() - firstFault.get();
  }

  private void legacy(HttpExchange exchange) throws IOException {
    byLegacy.incrementAndGet();
    answer(exchange, 200, GOOD, LEGACY_MILLIS);
  }

  private void migrated(HttpExchange exchange) throws IOException {
    int number = byMigrated.incrementAndGet();
    Fault now = fault;
    boolean faulty =
        switch (now) {
          case NONE -> false;
          case ERRORS, TEN_TIMES_SLOWER -> true;
          case FIVE_PERCENT_WRONG -> number % 20 == 0;
        };
    if (faulty) {
      firstFault.compareAndSet(0, System.nanoTime());
    }
    if (firstFault.get() != 0) {
      sinceFirstFault.incrementAndGet();
    }
    answer(
        exchange,
        now == Fault.ERRORS ? 500 : 200,
        now == Fault.FIVE_PERCENT_WRONG && faulty ? WRONG : GOOD,
        now == Fault.TEN_TIMES_SLOWER ? 10 * LEGACY_MILLIS : LEGACY_MILLIS);
  }

  private static void answer(HttpExchange exchange, int status, String body, int millis)
      throws IOException {
    try (exchange) {
      TimeUnit.MILLISECONDS.sleep(millis);
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    legacy.stop(0);
    migrated.stop(0);
    threads.close();
  }
}
