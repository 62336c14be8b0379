package dev.banyan.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversIT {
  @Test
  void whoeverNamesTheFolderIsEndedAndNobodyElse(@TempDir Path folder) throws IOException {
    var mine = Files.createDirectory(folder.resolve("mine")).toString();
    var inside =
        new ProcessBuilder("sh", "-c", "while :; do sleep 1; done", mine + "/data").start();
    var outside = new ProcessBuilder("sh", "-c", "while :; do sleep 1; done", "other").start();
    try {
      await().until(() -> inside.toHandle().info().arguments().isPresent());

      Leftovers.end(Path.of(mine));

      await().atMost(Duration.ofSeconds(5)).until(() -> !inside.isAlive());
      assertThat(outside.isAlive()).isTrue();
    } finally {
      inside.destroyForcibly();
      outside.destroyForcibly();
    }
  }
}
