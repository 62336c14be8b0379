package dev.banyan.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two facades on one PostgreSQL: one verdict, one breach, one acknowledgement. */
class ReplicasJudgeTogetherIT {
  private static final int EACH = 40;
  private static final String EVIDENCE = "/api/v1/routes/r/evidence";
  private static final String WATCH = "/api/v1/routes/r/watch";

  @Test
  void whatOneSeesCountsAtTheOtherAndSoDoesABreach(@TempDir Path folder) throws Exception {
    try (NamedUpstream legacy = new NamedUpstream("same");
        NamedUpstream next = new NamedUpstream("same")) {
      String rules = rules(legacy.port(), next.port());
      try (Facade first = Facade.start(own(folder, "first"), rules);
          Facade second =
              Facade.start(own(folder, "second"), rules, databaseOf(folder.resolve("first")))) {
        assertThat(first.stage("r", "shadow").statusCode()).isEqualTo(200);
        Await.until(() -> stage(second).equals("shadow"), "the second one follows");
        ask(first, EACH);
        ask(second, EACH);
        Await.until(() -> compared(first) == 2 * EACH, "the first one judges what both saw");
        Await.until(() -> compared(second) == 2 * EACH, "the second one likewise");
        assertThat(first.read(EVIDENCE).path("reach").asText()).isEqualTo("all replicas");

        second.killAndRestart();
        ask(second, 5);
        Await.until(() -> compared(second) == 2 * EACH + 5, "what it saw before counts, once");
        Await.until(() -> compared(first) == 2 * EACH + 5, "at the other one, too");
        assertThat(first.read(EVIDENCE).path("replicas")).hasSize(3);
        HttpResponse<String> flip =
            second.call("POST", "/api/v1/routes/r/stage", "{\"to\":\"canary:50\"}");
        assertThat(flip.statusCode()).as(flip.body()).isEqualTo(200);

        assertThat(first.stage("r", "live").statusCode()).isEqualTo(200);
        Await.until(() -> stage(second).equals("live"), "the second one follows");
        breach(first, second, next);
      }
    }
  }

  /** The migrated side goes away, and only the first one sees it. */
  private static void breach(Facade first, Facade second, NamedUpstream gone) throws Exception {
    gone.close();
    Await.until(
        () -> {
          first.get("/x");
          return stage(first).equals("legacy");
        },
        "the first one goes back");
    Await.until(() -> stage(second).equals("legacy"), "the second one follows");
    Await.until(() -> watch(second).equals("breached"), "the second one knows why");
    String saw = first.read("/api/v1/replicas").path("self").asText();
    assertThat(second.read(WATCH).path("seenBy").asText()).isEqualTo(saw);
    JsonNode last = second.read("/api/v1/history").path("entries").get(0);
    assertThat(last.path("why").asText()).startsWith("breach seen by replica " + saw);
    assertThat(second.stage("r", "shadow").statusCode()).isEqualTo(422);

    assertThat(second.call("POST", WATCH + "/acknowledgement", "{}").statusCode()).isEqualTo(200);
    Await.until(() -> watch(first).equals("acknowledged"), "the first one hears of it");
    HttpResponse<String> flip = first.stage("r", "shadow");
    assertThat(flip.statusCode()).isEqualTo(422);
    assertThat(flip.body()).contains("cooling down");
  }

  private static void ask(Facade facade, int times) throws IOException, InterruptedException {
    for (int i = 0; i < times; i++) {
      assertThat(facade.get("/x").statusCode()).isEqualTo(200);
    }
  }

  private static String stage(Facade facade) throws IOException, InterruptedException {
    return facade.read("/api/v1/routes/r").path("stage").asText();
  }

  private static String watch(Facade facade) throws IOException, InterruptedException {
    return facade.read(WATCH).path("state").asText();
  }

  private static int compared(Facade facade) throws IOException, InterruptedException {
    return facade.read(EVIDENCE).path("matched").asInt();
  }

  private static Path own(Path folder, String name) throws IOException {
    return Files.createDirectory(folder.resolve(name));
  }

  /** What another facade needs to use the embedded database of the first one. */
  private static Map<String, String> databaseOf(Path home) throws IOException {
    String port = Files.readAllLines(home.resolve("data/postgres/postmaster.pid")).get(3).strip();
    return Map.of(
        "BANYAN_DATABASE_URL",
        "jdbc:postgresql://127.0.0.1:" + port + "/postgres",
        "BANYAN_DATABASE_USER",
        "postgres",
        "BANYAN_DATABASE_PASSWORD",
        Files.readString(home.resolve("data/database-password")).strip());
  }

  /** Neither replica sees enough samples by itself. */
  private static String rules(int legacy, int next) {
    return """
        version: 1
        upstreams:
          legacy: { url: http://127.0.0.1:%d }
          next: { url: http://127.0.0.1:%d }
        routes:
          - id: r
            match: { path: /** }
            legacy: legacy
            migrated: next
            gate: { mismatches: 10%%, samples: 80 }
        """
        .formatted(legacy, next);
  }
}
