package dev.banyan.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ledger is the truth about stages, whenever the process ends. */
class KillWhileFlippingIT {
  private static final int ROUNDS = 20;

  /**
   * What is known of the route's stage.
   *
   * @param confirmed the last stage that was answered with 200
   * @param inFlight the stage that was asked for and not answered yet; else the confirmed one
   */
  private record Known(String confirmed, String inFlight) {}

  @Test
  void afterEveryKillTheStageIsTheLastOneConfirmedOrTheOneInFlight(@TempDir Path folder)
      throws Exception {
    AtomicReference<Known> known = new AtomicReference<>(new Known("legacy", "legacy"));
    Random random = new Random(20261121);
    int flips = 0;
    try (Facade facade = Facade.start(folder, rules())) {
      for (int round = 0; round < ROUNDS; round++) {
        Thread flipping = Thread.ofVirtual().start(() -> flipUntilItDies(facade, known));
        TimeUnit.MILLISECONDS.sleep(
            20 + random.nextInt(200)); // the moment of the kill is the test's input
        facade.killAndRestart();
        flipping.join();

        JsonNode route = facade.read("/api/v1/routes/r");
        String stage = route.path("stage").asText();
        assertThat(Set.of(known.get().confirmed(), known.get().inFlight()))
            .as("round " + round)
            .contains(stage);
        JsonNode verification = facade.read("/api/v1/ledger/verification");
        assertThat(verification.path("intact").asBoolean()).as(verification.toString()).isTrue();
        flips = verification.path("entries").asInt();
        known.set(new Known(stage, stage));
      }
    }
    System.out.printf(
        "kill-while-flipping: %d kills, %d ledger entries, chain intact%n", ROUNDS, flips);
    assertThat(flips).isGreaterThan(ROUNDS);
  }

  private static void flipUntilItDies(Facade facade, AtomicReference<Known> known) {
    try {
      while (true) {
        String now = known.get().confirmed();
        String next =
            now.equals("legacy") ? "shadow" : now.equals("shadow") ? "canary:10" : "legacy";
        known.set(new Known(now, next));
        HttpResponse<String> answer = facade.stage("r", next);
        if (answer.statusCode() != 200) {
          throw new IllegalStateException(answer.body());
        }
        known.set(new Known(next, next));
      }
    } catch (IOException | InterruptedException killed) {
      // That is what the test does.
    }
  }

  private static String rules() {
    return """
        version: 1
        upstreams:
          legacy: { url: http://127.0.0.1:1 }
          next: { url: http://127.0.0.1:2 }
        routes:
          - { id: r, match: { path: /** }, legacy: legacy, migrated: next }
        """;
  }
}
