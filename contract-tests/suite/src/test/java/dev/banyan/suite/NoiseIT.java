package dev.banyan.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A legacy that gives each answer another id, asked twice: what varies is found and not guessed.
 */
class NoiseIT {
  private static final String RULES =
      """
      version: 1
      upstreams:
        legacy: { url: http://127.0.0.1:%d }
        next: { url: http://127.0.0.1:%d }
      routes:
        - { id: wrong, match: { path: /wrong }, legacy: legacy, migrated: next, stage: shadow,
            noise: { baseline: 100%%, rate: 1000/s } }
        - { id: right, match: { path: /right }, legacy: legacy, migrated: next, stage: shadow,
            noise: { baseline: 100%%, rate: 1000/s } }
        - { id: limited, match: { path: /limited }, legacy: legacy, migrated: next, stage: shadow,
            noise: { baseline: 100%%, rate: 1/h } }
        - { id: hangs, match: { path: /hangs }, legacy: legacy, migrated: next, stage: shadow,
            noise: { baseline: 100%%, rate: 1000/s } }
        - { id: unasked, match: { path: /unasked }, legacy: legacy, migrated: next, stage: shadow }
      """;

  private final Map<String, AtomicInteger> repeats = new ConcurrentHashMap<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private HttpServer legacy;
  private HttpServer next;

  @BeforeEach
  void startBoth() throws IOException {
    legacy = server(this::legacy);
    next = server(this::next);
  }

  @AfterEach
  void stopBoth() {
    over.countDown();
    legacy.stop(0);
    next.stop(0);
  }

  @Test
  void whatVariesIsFoundAndNothingElseIsLetPass(@TempDir Path folder) throws Exception {
    try (Facade facade = Facade.start(folder, rules())) {
      untilNoiseIsKnown(facade, "wrong");
      untilNoiseIsKnown(facade, "right");

      JsonNode wrong = place(facade, "wrong", "$.name");
      assertThat(wrong.path("called").asText()).isEqualTo("not-noise");
      assertThat(wrong.path("accepted").asBoolean()).isFalse();
      assertThat(wrong.path("baseline").path("differed").asInt()).isZero();

      // The evidence has begun anew: from now on the id alone mismatches nothing.
      for (int i = 0; i < 20; i++) {
        facade.get("/right");
      }
      Await.until(() -> evidence(facade, "right", "tolerated") >= 20, "20 tolerated");
      assertThat(evidence(facade, "right", "mismatched")).isZero();

      // That there is an id is compared as ever.
      facade.get("/right?without=id");
      Await.until(() -> evidence(facade, "right", "mismatched") == 1, "the id is missed");
      JsonNode signatures = facade.read("/api/v1/routes/right/mismatches").path("signatures");
      assertThat(signatures.findValuesAsText("kind")).contains("missing");
    }
  }

  @Test
  void repeatsKeepToTheirRateAndToTheRoutesThatAskForThem(@TempDir Path folder) throws Exception {
    try (Facade facade = Facade.start(folder, rules())) {
      for (int i = 0; i < 50; i++) {
        facade.get("/limited");
        facade.get("/unasked");
      }

      Await.until(
          () -> noise(facade, "limited").path("notRepeated").path("rate").asInt() == 49,
          "49 repeats are held back");
      Await.until(() -> repeats.containsKey("/limited"), "one repeat has come");
      assertThat(repeats.get("/limited")).hasValue(1);
      assertThat(repeats).doesNotContainKey("/unasked");
      assertThat(noise(facade, "unasked").isNull()).isTrue();
    }
  }

  @Test
  void aLegacyThatHangsWhenAskedAgainServesItsClientsAsEver(@TempDir Path folder) throws Exception {
    try (Facade facade = Facade.start(folder, rules())) {
      for (int i = 0; i < 50; i++) {
        assertThat(new String(facade.get("/hangs").body(), StandardCharsets.UTF_8))
            .contains("\"name\":\"Kiwi\"");
      }

      Await.until(() -> evidence(facade, "hangs", "mismatched") == 50, "all 50 are compared");
      Await.until(() -> repeats.containsKey("/hangs"), "a repeat hangs");
      assertThat(noise(facade, "hangs").path("baselinePairs").asInt()).isZero();
    }
  }

  private void untilNoiseIsKnown(Facade facade, String route) {
    Await.until(
        () -> {
          facade.get("/" + route);
          JsonNode id = place(facade, route, "$.id");
          return id.path("accepted").asBoolean() && id.path("called").asText().equals("noise");
        },
        route + ": the id is called noise");
  }

  private static JsonNode noise(Facade facade, String route) throws Exception {
    return facade.read("/api/v1/routes/" + route + "/evidence").path("noise");
  }

  private static JsonNode place(Facade facade, String route, String location) throws Exception {
    for (JsonNode place : noise(facade, route).path("places")) {
      if (place.path("location").asText().equals(location)
          && place.path("kind").asText().equals("value")) {
        return place;
      }
    }
    return Facade.JSON.nullNode();
  }

  private static long evidence(Facade facade, String route, String figure) throws Exception {
    return facade.read("/api/v1/routes/" + route + "/evidence").path(figure).asLong();
  }

  private void legacy(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (exchange.getRequestHeaders().containsKey("Banyan-Shadow")) {
      repeats.computeIfAbsent(path, p -> new AtomicInteger()).incrementAndGet();
      if (path.equals("/hangs")) {
        hang();
      }
    }
    answer(exchange, "{\"id\":\"%s\",\"name\":\"Kiwi\"}".formatted(UUID.randomUUID()));
  }

  private void next(HttpExchange exchange) throws IOException {
    String name = exchange.getRequestURI().getPath().equals("/wrong") ? "Kiwi!" : "Kiwi";
    boolean without = exchange.getRequestURI().getQuery() != null;
    answer(
        exchange,
        without
            ? "{\"name\":\"%s\"}".formatted(name)
            : "{\"id\":\"%s\",\"name\":\"%s\"}".formatted(UUID.randomUUID(), name));
  }

  private void hang() {
    try {
      over.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(HttpExchange exchange, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private String rules() {
    return RULES.formatted(legacy.getAddress().getPort(), next.getAddress().getPort());
  }

  private static HttpServer server(com.sun.net.httpserver.HttpHandler handler) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", handler);
    server.start();
    return server;
  }
}
