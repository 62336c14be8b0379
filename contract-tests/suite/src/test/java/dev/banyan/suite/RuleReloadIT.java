package dev.banyan.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.legacy.sample.SampleLegacy;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bad rule file changes nothing and says all that is wrong with it. */
class RuleReloadIT {
  @Test
  void twelveMistakesAreTwelveProblemsAndTheRunningTableStays(@TempDir Path folder)
      throws Exception {
    try (SampleLegacy legacy =
            SampleLegacy.start(
                SampleLegacy.Options.defaults().withMode(SampleLegacy.Mode.REPLAY_ONLY));
        Facade facade = Facade.start(folder, rules(legacy.uri().getPort()))) {
      JsonNode before = facade.read("/api/v1/routes");
      Files.copy(
          Processes.HOME.resolve("routing-rules/src/test/resources/rejected/twelve-mistakes.yaml"),
          facade.rules(),
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);

      HttpResponse<String> answer = facade.call("POST", "/api/v1/rules/reload", "");

      assertThat(answer.statusCode()).isEqualTo(422);
      JsonNode problems = Facade.JSON.readTree(answer.body()).path("problems");
      assertThat(problems).hasSize(12);
      assertThat(problems)
          .allSatisfy(
              problem -> {
                assertThat(problem.path("line").asInt()).isPositive();
                assertThat(problem.path("place").asText()).isNotBlank();
                assertThat(problem.path("cure").asText()).isNotBlank();
              });
      assertThat(facade.read("/api/v1/routes").path("rulesDigest"))
          .isEqualTo(before.path("rulesDigest"));
      assertThat(facade.get("/static.html").statusCode()).isEqualTo(200);
    }
  }

  private static String rules(int legacy) {
    return """
        version: 1
        upstreams:
          legacy: { url: http://127.0.0.1:%d }
        routes:
          - { id: everything, match: { path: /** }, legacy: legacy }
        """
        .formatted(legacy);
  }
}
