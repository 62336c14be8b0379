package dev.banyan.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever the candidate does, clients get the legacy's answers, whole; and what was not compared
 * is counted.
 */
class ShadowIsolationIT {
  private static final int REQUESTS = 600;
  private static final byte[] ANSWER = "{\"sku\":\"AB-1\"}".getBytes(StandardCharsets.UTF_8);

  @Test
  void liveAnswersAreUnchangedAndDropsAreCounted(@TempDir Path folder) throws Exception {
    HttpServer legacy = legacy();
    try (BadCandidate hang = new BadCandidate(socket -> {});
        BadCandidate reset =
            new BadCandidate(
                socket -> {
                  socket.setSoLinger(true, 0);
                  socket.close();
                });
        BadCandidate flood = new BadCandidate(ShadowIsolationIT::flood);
        Facade facade =
            Facade.start(
                folder,
                rules(legacy.getAddress().getPort(), hang.port(), reset.port(), flood.port()))) {
      for (String route : List.of("hang", "reset", "flood")) {
        assertThat(answersTo(facade, "/" + route)).allSatisfy(a -> assertThat(a).isEqualTo(ANSWER));
      }

      assertThat(accounted(facade, "hang")).isEqualTo(REQUESTS);
      assertThat(accounted(facade, "reset")).isEqualTo(REQUESTS);
      assertThat(accounted(facade, "flood")).isEqualTo(REQUESTS);
      assertThat(total(facade.read("/api/v1/routes/hang/evidence").path("skipped"))).isPositive();
      assertThat(facade.read("/api/v1/routes/reset/evidence").path("matched").asInt()).isZero();
      assertThat(facade.process().isAlive()).isTrue();
    } finally {
      legacy.stop(0);
    }
  }

  /** All that became of the copies, once it no longer grows. */
  private static long accounted(Facade facade, String route) throws Exception {
    Await.until(() -> copies(facade, route) == REQUESTS, route + ": every copy is accounted for");
    return copies(facade, route);
  }

  private static long copies(Facade facade, String route) throws Exception {
    JsonNode evidence = facade.read("/api/v1/routes/" + route + "/evidence");
    return evidence.path("matched").asLong()
        + evidence.path("tolerated").asLong()
        + evidence.path("mismatched").asLong()
        + total(evidence.path("incomparable"))
        + total(evidence.path("skipped"));
  }

  private static long total(JsonNode byReason) {
    long total = 0;
    for (JsonNode count : byReason) {
      total += count.asLong();
    }
    return total;
  }

  private static List<byte[]> answersTo(Facade facade, String target) throws Exception {
    try (var executor = Executors.newFixedThreadPool(16)) {
      List<Callable<byte[]>> calls = new ArrayList<>();
      for (int i = 0; i < REQUESTS; i++) {
        calls.add(() -> facade.get(target).body());
      }
      List<byte[]> answers = new ArrayList<>();
      for (Future<byte[]> answer : executor.invokeAll(calls)) {
        answers.add(answer.get());
      }
      return answers;
    }
  }

  private static HttpServer legacy() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, ANSWER.length);
          exchange.getResponseBody().write(ANSWER);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static void flood(Socket socket) throws IOException {
    OutputStream out = socket.getOutputStream();
    long size = 1L << 30;
    out.write(
        ("HTTP/1.1 200 OK\r\nContent-Length: " + size + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
    byte[] block = new byte[64 * 1024];
    for (long sent = 0; sent < size; sent += block.length) {
      out.write(block);
    }
  }

  /** What a candidate does with a connection on which a request has begun. */
  private interface Misbehaviour {
    void with(Socket socket) throws IOException;
  }

  /** A server that accepts, reads a little and then misbehaves. */
  private static final class BadCandidate implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());

    BadCandidate(Misbehaviour misbehaviour) throws IOException {
      Thread.ofVirtual().start(() -> accept(misbehaviour));
    }

    int port() {
      return server.getLocalPort();
    }

    private void accept(Misbehaviour misbehaviour) {
      try {
        while (true) {
          Socket socket = server.accept();
          Thread.ofVirtual().start(() -> misbehave(misbehaviour, socket));
        }
      } catch (IOException closed) {
        // The test is over.
      }
    }

    private static void misbehave(Misbehaviour misbehaviour, Socket socket) {
      try {
        if (socket.getInputStream().read() >= 0) {
          misbehaviour.with(socket);
        }
      } catch (IOException cutByTheFacade) {
        // It may.
      }
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }

  private static String rules(int legacy, int hang, int reset, int flood) {
    return """
        version: 1
        upstreams:
          legacy: { url: http://127.0.0.1:%d }
          hang: { url: http://127.0.0.1:%d }
          reset: { url: http://127.0.0.1:%d }
          flood: { url: http://127.0.0.1:%d }
        routes:
          - { id: hang, match: { path: /hang }, legacy: legacy, migrated: hang, stage: shadow, shadow: { timeout: 1s } }
          - { id: reset, match: { path: /reset }, legacy: legacy, migrated: reset, stage: shadow, shadow: { timeout: 1s } }
          - { id: flood, match: { path: /flood }, legacy: legacy, migrated: flood, stage: shadow, shadow: { timeout: 1s } }
        """
        .formatted(legacy, hang, reset, flood);
  }
}
