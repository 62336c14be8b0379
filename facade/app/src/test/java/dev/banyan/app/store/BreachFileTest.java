package dev.banyan.app.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.migration.FlipWatch;
import dev.banyan.migration.WatchState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BreachFileTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final WatchState.Breached BREACH =
      new WatchState.Breached(NOON, NOON.plusSeconds(600), List.of("errors: 20 of 20"), "first");

  @TempDir Path folder;

  @Test
  void aRestartKnowsWhatNobodyHasAcknowledgedYet() {
    Map<String, WatchState> states =
        Map.of("r", BREACH, "s", BREACH.acknowledge("ada", NOON.plusSeconds(60)));
    FlipWatch watch = new FlipWatch("first");
    watch.learn(states);
    BreachFile file = new BreachFile(folder.resolve("breaches.json"));

    file.write(watch);

    FlipWatch restarted = new FlipWatch("first");
    restarted.learn(new BreachFile(folder.resolve("breaches.json")).read());
    assertThat(restarted.states()).isEqualTo(states);
    assertThat(restarted.against("r", NOON.plusSeconds(700))).isPresent();
    assertThat(restarted.against("s", NOON.plusSeconds(700))).isEmpty();
  }

  @Test
  void aFileOfAnEarlierBuildDoesNotSayWhichReplicaItWas() throws IOException {
    Path path = folder.resolve("breaches.json");
    Files.writeString(
        path,
        "{\"r\":{\"at\":\"2026-11-21T12:00:00Z\",\"cool\":\"2026-11-21T12:10:00Z\","
            + "\"reasons\":[],\"acknowledgedBy\":null,\"acknowledgedAt\":null}}");

    assertThat(new BreachFile(path).read())
        .containsEntry("r", new WatchState.Breached(NOON, NOON.plusSeconds(600), List.of(), ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{\"r\":{}}", "{\"r\":{\"at\":\"yesterday\"}}"})
  void aDamagedFileIsNoFile(String content) throws IOException {
    Path path = folder.resolve("breaches.json");
    Files.writeString(path, content);

    assertThat(new BreachFile(path).read()).isEmpty();
  }
}
