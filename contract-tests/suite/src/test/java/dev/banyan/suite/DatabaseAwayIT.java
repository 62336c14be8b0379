package dev.banyan.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.legacy.sample.SampleLegacy;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The data plane never depends on the database. */
class DatabaseAwayIT {
  private static final Map<String, String> NOWHERE =
      Map.of(
          "BANYAN_DATABASE_URL",
          "jdbc:postgresql://127.0.0.1:1/banyan",
          "BANYAN_DATABASE_USER",
          "banyan");
  private static final SampleLegacy.Options REPLAY =
      SampleLegacy.Options.defaults().withMode(SampleLegacy.Mode.REPLAY_ONLY);

  @Test
  void withoutADatabaseTheLastTableServesAndFlipsAreRefused(@TempDir Path folder) throws Exception {
    try (SampleLegacy legacy = SampleLegacy.start(REPLAY)) {
      String rules = rules(legacy.uri().getPort());
      try (Facade facade = Facade.start(folder, rules)) {
        assertThat(facade.stage("r", "shadow").statusCode()).isEqualTo(200);
      }

      try (Facade facade = Facade.start(folder, rules, NOWHERE)) {
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
  void aDatabaseThatHangsTakesNoRequestWithIt(@TempDir Path folder) throws Exception {
    try (SampleLegacy legacy = SampleLegacy.start(REPLAY);
        Facade facade = Facade.start(folder, rules(legacy.uri().getPort()))) {
      facade.stage("r", "shadow");
      List<ProcessHandle> database = database(folder);

      signal("STOP", database);
      try {
        Await.until(() -> ledger(facade).equals("down"), "the ledger is told to be down");
        for (int i = 0; i < 50; i++) {
          assertThat(facade.get("/static.html").statusCode()).isEqualTo(200);
        }
        assertRefused(facade.stage("r", "canary:10"));
        assertThat(facade.read("/api/v1/routes/r").path("stage").asText()).isEqualTo("shadow");
        assertThat(facade.anonymously("GET", "/q/health/ready")).isEqualTo(200);
      } finally {
        signal("CONT", database);
      }

      Await.until(() -> ledger(facade).equals("up"), "the ledger is back");
      assertThat(facade.stage("r", "legacy").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void anEmbeddedDatabaseThatIsKilledComesBack(@TempDir Path folder) throws Exception {
    try (SampleLegacy legacy = SampleLegacy.start(REPLAY);
        Facade facade = Facade.start(folder, rules(legacy.uri().getPort()))) {
      facade.stage("r", "shadow");

      database(folder).forEach(ProcessHandle::destroyForcibly);

      for (int i = 0; i < 50; i++) {
        assertThat(facade.get("/static.html").statusCode()).isEqualTo(200);
      }
      assertThat(facade.stage("r", "legacy").statusCode()).isEqualTo(200);
      assertThat(facade.read("/api/v1/routes/r").path("stage").asText()).isEqualTo("legacy");
      Await.until(() -> entries(facade) == 2, "the rollback is written down");
      assertThat(facade.read("/api/v1/ledger/verification").path("intact").asBoolean()).isTrue();
    }
  }

  /** The database hangs, the facade is killed, and it starts where there is no database at all. */
  @Test
  void aRollbackSurvivesTheLossOfEverythingElse(@TempDir Path folder) throws Exception {
    try (SampleLegacy legacy = SampleLegacy.start(REPLAY)) {
      String rules = rules(legacy.uri().getPort());
      List<ProcessHandle> database;
      try (Facade facade = Facade.start(folder, rules)) {
        facade.stage("r", "shadow");
        facade.stage("r", "canary:10");
        facade.stage("r", "live");
        database = database(folder);
        signal("STOP", database);

        HttpResponse<String> answer = facade.stage("r", "legacy");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Facade.JSON.readTree(answer.body()).path("revision").isNull()).isTrue();
        assertThat(facade.get("/static.html").statusCode()).isEqualTo(200);
        facade.process().destroyForcibly().waitFor();
      }
      database.forEach(ProcessHandle::destroyForcibly);

      try (Facade facade = Facade.start(folder, rules, NOWHERE)) {
        assertThat(facade.read("/api/v1/routes/r").path("stage").asText()).isEqualTo("legacy");
        assertThat(facade.get("/static.html").statusCode()).isEqualTo(200);
        facade.killAndRestart();
        assertThat(facade.read("/api/v1/routes/r").path("stage").asText()).isEqualTo("legacy");
      }

      try (Facade facade = Facade.start(folder, rules)) {
        Await.until(() -> entries(facade) == 4, "the rollback is written down, once");
        facade.killAndRestart();
        Await.until(() -> ledger(facade).equals("up"), "the ledger is back");
        assertThat(entries(facade)).isEqualTo(4);
        JsonNode last = facade.read("/api/v1/history").path("entries").get(0);
        assertThat(last.path("from").asText()).isEqualTo("live");
        assertThat(last.path("to").asText()).isEqualTo("legacy");
        assertThat(last.path("why").asText()).contains("a test says so", "written later");
        assertThat(facade.read("/api/v1/ledger/verification").path("intact").asBoolean()).isTrue();
      }
    }
  }

  private static int entries(Facade facade) throws InterruptedException {
    try {
      return facade.read("/api/v1/history").path("entries").size();
    } catch (IOException away) {
      return -1;
    }
  }

  private static String ledger(Facade facade) throws IOException, InterruptedException {
    return facade.read("/api/v1/routes").path("ledger").asText();
  }

  /** The postmaster and all that it started. */
  private static List<ProcessHandle> database(Path folder) throws IOException {
    Path pidFile = folder.resolve("data/postgres/postmaster.pid");
    long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
    ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
    List<ProcessHandle> all = new ArrayList<>(postmaster.descendants().toList());
    all.add(postmaster);
    return all;
  }

  private static void signal(String name, List<ProcessHandle> processes)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("kill", "-" + name));
    processes.forEach(process -> command.add(Long.toString(process.pid())));
    new ProcessBuilder(command).start().waitFor();
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
