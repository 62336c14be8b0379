package dev.banyan.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a running facade shows of itself: metrics, access lines, spans, budgets. */
class SeenFromOutsideIT {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String PARENT = "b7ad6b7169203331";

  @TempDir static Path folder;
  private static NamedUpstream legacy;
  private static NamedUpstream migrated;
  private static SpanReceiver receiver;
  private static Facade facade;

  @BeforeAll
  static void start() throws Exception {
    legacy = new NamedUpstream("same");
    migrated = new NamedUpstream("same");
    receiver = new SpanReceiver();
    facade =
        Facade.start(
            folder,
            rules(),
            Map.of(
                "BANYAN_ACCESS_LOG", folder.resolve("access.log").toString(),
                "BANYAN_TRACING_ENDPOINT", receiver.uri(),
                "BANYAN_TRACING_RATIO", "0"));
    for (int i = 0; i < 3; i++) {
      assertThat(facade.get("/shadowed?secret=1").statusCode()).isEqualTo(200);
    }
    assertThat(facade.get("/broken").statusCode()).isEqualTo(500);
    assertThat(facade.get("/nobody").statusCode()).isEqualTo(502);
    assertThat(traced("/fallen")).isEqualTo(200);
    assertThat(traced("/shadowed")).isEqualTo(200);
    Await.until(
        () ->
            metrics().contains("banyan_comparisons_total{route=\"shadowed\",outcome=\"match\"} 4"),
        "the copies to be compared");
  }

  @AfterAll
  static void stop() {
    facade.close();
    receiver.close();
    migrated.close();
    legacy.close();
  }

  @Test
  void requestsAreCountedByRouteSideStageStatusAndFailure() throws Exception {
    assertThat(metrics())
        .contains(
            "banyan_requests_total{route=\"shadowed\",side=\"legacy\",stage=\"shadow\",status=\"2xx\",failure=\"none\"} 4.0",
            "banyan_requests_total{route=\"rest\",side=\"legacy\",stage=\"legacy\",status=\"5xx\",failure=\"none\"} 1.0",
            "banyan_requests_total{route=\"nobody\",side=\"legacy\",stage=\"legacy\",status=\"none\",failure=\"connect-refused\"} 1.0",
            "banyan_request_duration_seconds_bucket{route=\"shadowed\",side=\"legacy\",le=\"+Inf\"} 4.0",
            "banyan_shadow_copies_total{route=\"shadowed\",outcome=\"2xx\"} 4.0",
            "banyan_ready 1.0",
            "banyan_ledger_up 1.0");
    assertThat(facade.anonymously("GET", "/q/metrics")).isEqualTo(401);
  }

  @Test
  void aBudgetThatIsUsedUpShowsInMetricsAndAtTheRoute() throws Exception {
    assertThat(metrics())
        .contains(
            "banyan_slo_burn_rate{route=\"rest\",objective=\"errors\",window=\"5m\"} 100.0",
            "banyan_slo_budget_ratio{route=\"rest\",objective=\"errors\"} 0.01");
    JsonNode burns = facade.read("/api/v1/routes/rest").path("burn");
    assertThat(burns).hasSize(8);
    assertThat(burns.get(0).path("rate").asDouble()).isEqualTo(100);
  }

  @Test
  void aFallbackIsAnAnswerOfLegacyAndAFailureOfTheMigratedSide() throws Exception {
    assertThat(metrics())
        .contains(
            "banyan_requests_total{route=\"fallen\",side=\"legacy\",stage=\"live\",status=\"2xx\",failure=\"none\"} 1.0",
            "banyan_fallbacks_total{route=\"fallen\",failure=\"connect-refused\"} 1.0",
            "banyan_retries_total{route=\"fallen\"} 0.0",
            "banyan_request_duration_seconds_count{route=\"fallen\",side=\"legacy\"} 1.0",
            "banyan_slo_burn_rate{route=\"fallen\",objective=\"errors\",window=\"5m\"} 0.0")
        .doesNotContain("side=\"migrated\"");
    JsonNode line = Facade.JSON.readTree(lines().get(5));
    assertThat(line.path("side").asText()).isEqualTo("legacy");
    assertThat(line.path("status").asInt()).isEqualTo(200);
    assertThat(line.path("fellBackFrom").asText()).isEqualTo("connect-refused");
    Await.until(() -> isSeen("fallen"), "span of the request that fell back");
    assertThat(receiver.bytes()).contains("banyan.fell_back_from");
  }

  @Test
  void dashboardAndAlertsNameOnlyWhatIsExported() throws Exception {
    assertThat(OperatorFiles.unknownIn(metrics())).isEmpty();
  }

  @Test
  void runNotesNameWhatIsExportedAndAllOfIt() throws Exception {
    assertThat(OperatorFiles.notedButNotIn(metrics())).isEmpty();
    assertThat(OperatorFiles.notNotedOf(metrics())).isEmpty();
  }

  @Test
  void comparingIsToldOfByMetricsAndTheProbe() throws Exception {
    assertThat(metrics()).contains("banyan_comparison_worker_running 1.0");
    assertThat(facade.call("GET", "/q/health/ready", "").body())
        .containsPattern("\"comparing\"\\s*:\\s*\"up\"");
  }

  @Test
  void eachRequestIsOneLineWithoutItsQuery() throws Exception {
    List<String> lines = lines();
    assertThat(lines).noneMatch(line -> line.contains("secret"));
    JsonNode first = Facade.JSON.readTree(lines.getFirst());
    assertThat(first.path("path").asText()).isEqualTo("/shadowed");
    assertThat(first.path("client").asText()).isEqualTo("127.0.0.1");
    assertThat(first.path("bytes").asInt()).isEqualTo(4);
    assertThat(Facade.JSON.readTree(lines.get(4)).path("failure").asText())
        .isEqualTo("connect-refused");
  }

  @Test
  void theCopysSpanIsLinkedToTheRequestsAndNotBelowIt() throws Exception {
    Await.until(
        () -> isSeen("shadowed") && isSeen("shadow shadowed"), "spans of the request and its copy");
    SpanReceiver.Received control = span("shadowed");
    SpanReceiver.Received copy = span("shadow shadowed");
    assertThat(control.trace()).isEqualTo(TRACE);
    assertThat(control.parent()).isEqualTo(PARENT);
    assertThat(copy.trace()).isNotEqualTo(TRACE);
    assertThat(copy.parent()).isIn("", "0000000000000000");
    assertThat(copy.links()).containsExactly(control.id());
    // The sides got the ids of the spans, so that theirs come below.
    assertThat(legacy.seenTraces()).contains("00-" + TRACE + "-" + control.id() + "-01");
    assertThat(migrated.seenTraces()).contains("00-" + copy.trace() + "-" + copy.id() + "-01");
  }

  private static SpanReceiver.Received span(String name) {
    return receiver.spans().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }

  private static boolean isSeen(String span) {
    return receiver.spans().stream().anyMatch(s -> s.name().equals(span));
  }

  private static List<String> lines() throws Exception {
    Path log = folder.resolve("access.log");
    Await.until(() -> Files.readString(log).lines().count() == 7, "lines");
    return Files.readAllLines(log);
  }

  private static String metrics() throws Exception {
    var answer = facade.call("GET", "/q/metrics", "");
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }

  private static int traced(String path) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + facade.port() + path))
                  .header("traceparent", "00-" + TRACE + "-" + PARENT + "-01")
                  .version(HttpClient.Version.HTTP_1_1)
                  .build(),
              BodyHandlers.discarding())
          .statusCode();
    }
  }

  private static String rules() {
    return """
        version: 1
        upstreams:
          legacy: { url: http://127.0.0.1:%d }
          migrated: { url: http://127.0.0.1:%d }
          nobody: { url: http://127.0.0.1:%d }
        routes:
          - { id: shadowed, match: { path: /shadowed }, legacy: legacy, migrated: migrated, stage: shadow }
          - { id: nobody, match: { path: /nobody }, legacy: nobody }
          - { id: fallen, match: { path: /fallen }, legacy: legacy, migrated: nobody, stage: live, budget: { errors: 1%% } }
          - { id: rest, match: { path: /** }, legacy: legacy, budget: { p95: 5s, errors: 1%% } }
        """
        .formatted(legacy.port(), migrated.port(), Processes.freePort());
  }
}
