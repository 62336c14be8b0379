package dev.banyan.app.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.migration.PendingRollback;
import dev.banyan.migration.Swapped;
import dev.banyan.rules.ReadResult;
import dev.banyan.rules.RoutingTable;
import dev.banyan.rules.RuleSet;
import dev.banyan.rules.RuleSetReader;
import dev.banyan.rules.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LastTableFileTest {
  @TempDir Path folder;

  @Test
  void whatWasWrittenIsRead() throws IOException {
    LastTableFile file = new LastTableFile(folder.resolve("last-table.json"));
    ReadResult.Accepted rules =
        (ReadResult.Accepted)
            RuleSetReader.read(
                "rules.yaml",
                """
                version: 1
                upstreams:
                  legacy: { url: http://127.0.0.1:1 }
                  next: { url: http://127.0.0.1:2 }
                routes:
                  - { id: r, match: { path: /** }, legacy: legacy, migrated: next }
                """);
    PendingRollback pending =
        new PendingRollback("r", Stage.parse("canary:10"), "ada", "it fails", Instant.EPOCH);
    file.write(news(rules.rules(), "shadow", 1, List.of()));

    file.write(news(rules.rules(), "canary:10", 2, List.of(pending)));

    LastTableFile.Written written = file.read().orElseThrow();
    assertThat(written.revision()).isEqualTo(2);
    assertThat(written.rulesDigest()).isEqualTo(rules.rules().digest());
    assertThat(LastTableFile.stages(written)).isEqualTo(Map.of("r", Stage.parse("canary:10")));
    assertThat(written.rolloutIds()).isEqualTo(Map.of("r", "rollout"));
    assertThat(LastTableFile.pendingRollbacks(written)).containsExactly(pending);
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(folder.resolve("last-table.json"));
    }
  }

  private static Swapped news(
      RuleSet rules, String stage, long revision, List<PendingRollback> pending) {
    return new Swapped(
        RoutingTable.compile(rules, Map.of("r", Stage.parse(stage)), Set.of(), revision),
        Map.of("r", "rollout"),
        pending);
  }

  @Test
  void aFileOfAnEarlierBuildIsRead() throws IOException {
    Path path = folder.resolve("last-table.json");
    Files.writeString(path, "{\"revision\":1,\"rulesDigest\":\"d\",\"stages\":{\"r\":\"live\"}}");

    LastTableFile.Written written = new LastTableFile(path).read().orElseThrow();

    assertThat(LastTableFile.stages(written)).isEqualTo(Map.of("r", Stage.parse("live")));
    assertThat(LastTableFile.pendingRollbacks(written)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "null",
        "{\"revision\":1}",
        "{\"revision\":1,\"rulesDigest\":\"d\",\"stages\":{\"r\":\"nowhere\"}}"
      })
  void aDamagedFileIsNoFile(String content) throws IOException {
    Path path = folder.resolve("last-table.json");
    Files.writeString(path, content);

    assertThat(new LastTableFile(path).read()).isEmpty();
  }
}
