package dev.banyan.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing of the admin side is open to everyone but the health probes. */
class AdminAccessIT {
  private static final String RULES =
      """
      version: 1
      upstreams:
        legacy: { url: http://127.0.0.1:1 }
        next: { url: http://127.0.0.1:2 }
      routes:
        - { id: r, match: { path: /** }, legacy: legacy, migrated: next }
      """;

  @Test
  void everyOperationWantsTheToken(@TempDir Path folder) throws Exception {
    try (Facade facade = Facade.start(folder, RULES)) {
      JsonNode paths =
          Facade.JSON
              .readTree(facade.call("GET", "/q/openapi?format=json", "").body())
              .path("paths");
      List<String> open = new ArrayList<>();
      int operations = 0;
      for (var path : paths.properties()) {
        for (var operation : path.getValue().properties()) {
          String method = operation.getKey().toUpperCase(Locale.ROOT);
          if (path.getKey().startsWith("/api/")) {
            operations++;
            if (facade.anonymously(method, path.getKey().replaceAll("\\{\\w+}", "r")) != 401) {
              open.add(method + " " + path.getKey());
            }
          }
        }
      }
      for (String page :
          List.of(
              "/",
              "/index.html",
              "/banyan.js",
              "/q/openapi",
              "/q/metrics",
              "/nowhere",
              "/q",
              "/q/../api/v1/routes",
              "/q/health/../../api/v1/routes",
              "/q/health/%2e%2e/%2e%2e/api/v1/routes")) {
        if (facade.anonymously("GET", page) != 401) {
          open.add("GET " + page);
        }
      }

      System.out.printf(
          "admin-access: %d operations answer 401 without the token%n", operations - open.size());
      assertThat(open).isEmpty();
      assertThat(operations).isGreaterThanOrEqualTo(17);
      assertThat(facade.anonymously("GET", "/q/health/ready")).isEqualTo(200);
      assertThat(facade.anonymously("GET", "/q/health")).isEqualTo(200);
      assertThat(facade.read("/api/v1/history").path("entries"))
          .as("nothing was changed")
          .isEmpty();
    }
  }

  @Test
  void theMetricsTokenReadsTheMetricsAndNothingElse(@TempDir Path folder) throws Exception {
    try (Facade facade = Facade.start(folder, RULES)) {
      HttpResponse<String> scraped = facade.call("GET", "/q/metrics", "", "metrics-token");

      assertThat(scraped.statusCode()).isEqualTo(200);
      assertThat(scraped.body()).contains("# TYPE jvm_info ");
      for (String page :
          List.of("/", "/api/v1/routes", "/q/openapi", "/q/metrics/../../api/v1/routes")) {
        assertThat(facade.call("GET", page, "", "metrics-token").statusCode())
            .as(page)
            .isEqualTo(401);
      }
      assertThat(facade.call("POST", "/q/metrics", "", "metrics-token").statusCode())
          .isEqualTo(401);
      assertThat(facade.call("POST", "/api/v1/rules/reload", "", "metrics-token").statusCode())
          .isEqualTo(401);
      String token = Files.readString(folder.resolve("data/metrics-token")).strip();
      assertThat(facade.anonymously("GET", "/?token=" + token)).isEqualTo(401);
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(folder.resolve("data/metrics-token"))))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void refusalsAreProblemsAndChangeNothing(@TempDir Path folder) throws Exception {
    try (Facade facade = Facade.start(folder, RULES)) {
      assertProblem(facade.call("GET", "/api/v1/routes/none", ""), 404);
      assertProblem(facade.call("POST", "/api/v1/routes/none/stage", "{\"to\":\"shadow\"}"), 404);
      assertProblem(facade.call("POST", "/api/v1/routes/r/stage", "{\"to\":\"live\"}"), 422);
      assertProblem(facade.call("POST", "/api/v1/routes/r/stage", "{\"to\":\"nonsense\"}"), 422);
      assertProblem(facade.call("POST", "/api/v1/routes/r/stage", "{\"tto\":\"shadow\"}"), 400);
      assertProblem(facade.call("POST", "/api/v1/routes/r/stage", "{"), 400);
      assertProblem(
          facade.call(
              "POST", "/api/v1/routes/r/stage", "{\"to\":\"shadow\",\"expectedRevision\":7}"),
          409);
      assertProblem(facade.call("GET", "/api/v1/explain?url=nonsense", ""), 400);
      assertProblem(facade.call("DELETE", "/api/v1/routes/r/contract/recording", ""), 409);
      assertThat(facade.read("/api/v1/routes/r").path("stage").asText()).isEqualTo("legacy");

      assertThat(facade.stage("r", "shadow").statusCode()).isEqualTo(200);
      HttpResponse<String> refused =
          facade.call("POST", "/api/v1/routes/r/stage", "{\"to\":\"canary:10\"}");
      assertProblem(refused, 422);
      assertThat(Facade.JSON.readTree(refused.body()).path("verdict").asText())
          .isEqualTo("insufficient");
      assertThat(Facade.JSON.readTree(refused.body()).path("reasons")).isNotEmpty();
    }
  }

  @Test
  void theTokenIsItsOwnersAlone(@TempDir Path folder) throws Exception {
    try (Facade facade = Facade.start(folder, RULES)) {
      Path token = folder.resolve("data/admin-token");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(token)))
          .isEqualTo("rw-------");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(token.getParent())))
          .isEqualTo("rwx------");
      assertThat(outputOfStarts(folder, 1)).containsOnlyOnce(Files.readString(token).strip());

      facade.killAndRestart();

      assertThat(outputOfStarts(folder, 2)).containsOnlyOnce(Files.readString(token).strip());
    }
  }

  /** All that was printed, once as many starts were announced: ready is told a moment sooner. */
  private static String outputOfStarts(Path folder, int starts) throws Exception {
    Path output = folder.resolve("facade.out");
    Await.until(
        () -> Files.readString(output).split("banyan: serving ", -1).length > starts,
        "start " + starts + " to be announced");
    return Files.readString(output);
  }

  private static void assertProblem(HttpResponse<String> answer, int status) throws Exception {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("content-type").orElse(""))
        .startsWith("application/problem+json");
    assertThat(Facade.JSON.readTree(answer.body()).path("detail").asText()).isNotBlank();
  }
}
