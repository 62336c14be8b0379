package dev.banyan.app.offline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<Headers> heads = new CopyOnWriteArrayList<>();
  private HttpServer legacy;
  private HttpServer migrated;

  @BeforeEach
  void start() throws IOException {
    legacy = server("{\"price\":9.90}");
    migrated = server("{\"price\":\"9.90\"}");
  }

  @AfterEach
  void stop() {
    legacy.stop(0);
    migrated.stop(0);
  }

  @Test
  void bothSidesAreAskedAndTheReportIsThatOfLiveTraffic() throws IOException {
    String recording = file("r.http", request("GET", "/price/1") + request("GET", "/price/2"));

    Ran ran =
        Ran.replay(recording, "--against", url(legacy) + "," + url(migrated), "--host", "target");

    assertThat(ran.err()).isEmpty();
    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.out())
        .contains(
            "all requests: 2 requests by strict",
            "0 matched, 0 tolerated, 2 mismatched",
            "p95: control ",
            "2  $.price type",
            "looks like number-as-text");
    assertThat(asked).hasSize(4);
  }

  @Test
  void withRulesEachRouteIsReportedAndItsOwnUpstreamsAreAsked() throws IOException {
    String recording =
        file(
            "r.http",
            request("GET", "/price/1")
                + request("GET", "/same")
                + request("GET", "/old")
                + request("GET", "/no"));

    Ran ran =
        Ran.replay(
            recording,
            "--rules",
            rules(),
            "--against",
            "legacy,migrated",
            "--host",
            "target",
            "--json");

    assertThat(ran.err()).isEmpty();
    JsonNode read = JSON.readTree(ran.out());
    assertThat(read.at("/routes/prices/mismatched").asInt()).isEqualTo(1);
    assertThat(read.at("/routes/prices/signatures/0/diagnosis").asText())
        .isEqualTo("number-as-text");
    assertThat(read.at("/routes/prices/controlP95Millis").isNumber()).isTrue();
    assertThat(read.at("/routes/same/matched").asInt()).isEqualTo(1);
    assertThat(read.at("/skipped/no migrated side").asInt()).isEqualTo(1);
    assertThat(read.at("/skipped/no route, or refused by one").asInt()).isEqualTo(1);
  }

  @Test
  void namesOfUpstreamsAreTakenFromTheRules() throws IOException {
    String recording = file("r.http", request("GET", "/price/1"));

    Ran ran = Ran.replay(recording, "--rules", rules(), "--against", "old,old", "--host", "target");

    assertThat(ran.exit()).isZero();
    assertThat(ran.out()).contains("prices: 1 requests by the routes' own", "1 matched");
  }

  @Test
  void onlySafeRequestsAreSentUnlessTheOthersAreAskedFor() throws IOException {
    String recording =
        file("r.http", request("GET", "/a") + request("POST", "/b") + request("DELETE", "/c"));
    String sides = url(legacy) + "," + url(legacy);

    Ran safe = Ran.replay(recording, "--against", sides, "--host", "target");
    assertThat(safe.exit()).isZero();
    assertThat(safe.out()).contains("not sent, method POST: 1", "not sent, method DELETE: 1");
    assertThat(asked).containsExactly("GET /a", "GET /a");

    asked.clear();
    Ran all = Ran.replay(recording, "--against", sides, "--host", "target", "--unsafe");
    assertThat(all.exit()).isZero();
    assertThat(asked)
        .containsExactly(
            "GET /a", "GET /a", "POST /b {}", "POST /b {}", "DELETE /c {}", "DELETE /c {}");
  }

  @Test
  void aRequestThatAsksForAnotherMethodIsSentWhereUnsafeOnesAre() throws IOException {
    String recording =
        file("r.http", "GET /a HTTP/1.1\nHost: s.example\nX-HTTP-Method-Override: DELETE\n\n");
    String sides = url(legacy) + "," + url(legacy);

    Ran safe = Ran.replay(recording, "--against", sides, "--host", "target");
    assertThat(safe.out()).contains("not sent, asks for another method: 1");
    assertThat(asked).isEmpty();

    Ran all = Ran.replay(recording, "--against", sides, "--host", "target", "--unsafe");
    assertThat(all.exit()).isZero();
    assertThat(asked).containsExactly("GET /a", "GET /a");
  }

  @Test
  void headersAreSentAsRecordedButForThoseOfTheConnection() throws IOException {
    String recording =
        file(
            "r.http",
            "GET /a HTTP/1.1\nHost: shop.example\nCookie: a=1\nKeep-Alive: 5\nTE: trailers\n\n");

    Ran ran =
        Ran.replay(recording, "--against", url(legacy) + "," + url(migrated), "--host", "target");

    assertThat(ran.exit()).isZero();
    assertThat(heads)
        .hasSize(2)
        .allSatisfy(
            head -> {
              assertThat(head.getFirst("Cookie")).isEqualTo("a=1");
              assertThat(head).doesNotContainKeys("Keep-alive", "Te");
            });
  }

  @Test
  void aSideThatDoesNotAnswerIsAFindingAndNotAnEnd() throws IOException {
    String recording = file("r.http", request("GET", "/a"));
    String away = url(migrated);
    migrated.stop(0);

    Ran ran = Ran.replay(recording, "--against", url(legacy) + "," + away, "--host", "target");

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.out()).contains("candidate failure", "connect-refused");
  }

  @Test
  void theRateIsNotExceeded() throws IOException {
    String recording = file("r.http", request("GET", "/a").repeat(6));
    long begun = System.nanoTime();

    Ran ran =
        Ran.replay(
            recording,
            "--against",
            url(legacy) + "," + url(legacy),
            "--host",
            "target",
            "--rate",
            "20/s");

    assertThat(ran.exit()).isZero();
    assertThat(System.nanoTime() - begun).isGreaterThan(5 * 50_000_000L);
  }

  @Test
  void wrongUsageEndsWithTwoAndAReason() throws IOException {
    String recording = file("r.http", request("GET", "/a"));

    assertThat(Ran.replay(recording).err()).contains("--against: ", "usage: banyan replay");
    assertThat(Ran.replay(recording, "--against", "legacy,migrated").err())
        .contains("--against: legacy (expected: a base URL");
    assertThat(Ran.replay(recording, "--rules", rules(), "--against", "legacy,nobody").err())
        .contains(
            "--against: nobody (expected: legacy, migrated, the name of an upstream, or a base URL");
    String sides = url(legacy) + "," + url(legacy);
    assertThat(Ran.replay(recording, "--against", sides, "--methods", "POST").err())
        .contains("--methods: POST (expected: a safe method, or --unsafe beside it)");
    assertThat(Ran.replay(recording, "--against", sides, "--rate", "0").err())
        .contains("--rate: 0");
    assertThat(Ran.replay(recording, "--against", sides, "--concurrency", "x").exit()).isEqualTo(2);
    assertThat(asked).isEmpty();
  }

  private HttpServer server(String body) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          heads.add(exchange.getRequestHeaders());
          byte[] sent = exchange.getRequestBody().readAllBytes();
          String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
          asked.add((line + " " + new String(sent, StandardCharsets.UTF_8)).strip());
          boolean price = exchange.getRequestURI().getPath().startsWith("/price");
          byte[] answer = (price ? body : "{}").getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    return server;
  }

  private String rules() throws IOException {
    return file(
        "rules.yaml",
        """
        version: 1
        upstreams: { old: { url: "%s" }, next: { url: "%s" } }
        routes:
          - { id: prices, match: { path: "/price/{id}" }, legacy: old, migrated: next, compare: dotnet-json }
          - { id: same, match: { path: /same }, legacy: old, migrated: next }
          - { id: old, match: { path: /old }, legacy: old }
        """
            .formatted(url(legacy), url(migrated)));
  }

  private static String request(String method, String target) {
    String body = method.equals("GET") ? "\n\n" : "Content-Length: 2\n\n{}\n";
    return "=== REQUEST\n" + method + " " + target + " HTTP/1.1\nHost: shop.example\n" + body;
  }

  private static String url(HttpServer server) {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }
}
