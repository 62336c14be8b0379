package dev.banyan.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.legacy.sample.SampleLegacy;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The data plane never depends on the database. */
class DatabaseAwayIT {
  private static final SampleLegacy.Options REPLAY =
      SampleLegacy.Options.defaults().withMode(SampleLegacy.Mode.REPLAY_ONLY);

  @Test
  void withoutADatabaseTheLastTableServesAndFlipsAreRefused(@TempDir Path folder) throws Exception {
    try (SampleLegacy legacy = SampleLegacy.start(REPLAY)) {
      String rules = rules(legacy.uri().getPort());
      try (Facade facade = Facade.start(folder, rules)) {
        assertThat(facade.stage("r", "shadow").statusCode()).isEqualTo(200);
      }

      Map<String, String> nowhere =
          Map.of(
              "BANYAN_DATABASE_URL",
              "jdbc:postgresql://127.0.0.1:1/banyan",
              "BANYAN_DATABASE_USER",
              "banyan");
      try (Facade facade = Facade.start(folder, rules, nowhere)) {
        assertThat(facade.read("/api/v1/routes/r").path("stage").asText()).isEqualTo("shadow");
        assertThat(facade.read("/api/v1/routes").path("ledger").asText()).isEqualTo("down");
        assertThat(facade.get("/static.html").statusCode()).isEqualTo(200);
        assertRefused(facade.stage("r", "canary:10"));
        assertThat(facade.read("/api/v1/routes/r").path("stage").asText()).isEqualTo("shadow");
      }

      try (Facade facade = Facade.start(folder, rules)) {
        assertThat(facade.read("/api/v1/routes").path("ledger").asText()).isEqualTo("up");
        assertThat(facade.stage("r", "canary:10").statusCode()).isEqualTo(200);
      }
    }
  }

  @Test
  void aDatabaseThatDiesTakesNoRequestWithIt(@TempDir Path folder) throws Exception {
    try (SampleLegacy legacy = SampleLegacy.start(REPLAY);
        Facade facade = Facade.start(folder, rules(legacy.uri().getPort()))) {
      facade.stage("r", "shadow");

      killDatabase(folder.resolve("data/postgres/postmaster.pid"));

      Await.until(
          () -> facade.read("/api/v1/routes").path("ledger").asText().equals("down"),
          "the ledger is told to be down");
      for (int i = 0; i < 50; i++) {
        assertThat(facade.get("/static.html").statusCode()).isEqualTo(200);
      }
      assertRefused(facade.stage("r", "canary:10"));
      assertThat(facade.read("/api/v1/routes/r").path("stage").asText()).isEqualTo("shadow");
      assertThat(facade.anonymously("GET", "/q/health/ready")).isEqualTo(200);
    }
  }

  private static void killDatabase(Path pidFile) throws IOException {
    long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
    ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
    postmaster.descendants().forEach(ProcessHandle::destroyForcibly);
    postmaster.destroyForcibly();
  }

  private static void assertRefused(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("ledger").contains("stages stay as they are");
  }

  private static String rules(int legacy) {
    return """
        version: 1
        upstreams:
          legacy: { url: http://127.0.0.1:%d }
          next: { url: http://127.0.0.1:2 }
        routes:
          - { id: r, match: { path: /** }, legacy: legacy, migrated: next }
        """
        .formatted(legacy);
  }
}
