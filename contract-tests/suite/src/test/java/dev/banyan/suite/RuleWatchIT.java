package dev.banyan.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The running facade follows its rule files by itself. */
class RuleWatchIT {
  @Test
  void filesAreFollowedThroughLinksAndBadOnesAreShownAndPassedOver(@TempDir Path folder)
      throws Exception {
    try (NamedUpstream one = new NamedUpstream("one");
        NamedUpstream two = new NamedUpstream("two")) {
      // Given what Kubernetes makes of a config map
      Path first = Files.createDirectory(folder.resolve("..first"));
      Path second = Files.createDirectory(folder.resolve("..second"));
      Files.createSymbolicLink(folder.resolve("..data"), first);
      Files.createSymbolicLink(folder.resolve("rules.yaml"), Path.of("..data", "rules.yaml"));
      Files.writeString(second.resolve("rules.yaml"), rules(two));

      try (Facade facade =
          Facade.start(folder, rules(one), Map.of("BANYAN_RULES_WATCH", "100ms"))) {
        assertThat(text(facade)).isEqualTo("one");

        Path link = Files.createSymbolicLink(folder.resolve("..next"), second);
        Files.move(link, folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        Await.until(() -> text(facade).equals("two"), "the swapped folder to be read");
        assertThat(facade.read("/api/v1/rules").path("lastChange").path("upstreams"))
            .hasToString("[\"legacy\"]");

        Files.writeString(second.resolve("rules.yaml"), "version: 1\nroutes: [");
        Await.until(() -> state(facade).equals("degraded"), "the bad file to be shown");
        JsonNode rules = facade.read("/api/v1/rules");
        assertThat(rules.path("lastProblem").path("problems")).isNotEmpty();
        assertThat(text(facade)).isEqualTo("two");
        JsonNode ready = facade.read("/q/health/ready");
        assertThat(ready.path("status").asText()).isEqualTo("UP");
        assertThat(ready.toString()).contains("\"rules\":\"degraded\"");

        Files.writeString(second.resolve("rules.yaml"), rules(one));
        Await.until(() -> text(facade).equals("one"), "the cured file to be read");
        assertThat(state(facade)).isEqualTo("ok");
      }
    }
  }

  /** Skipped where these tests run under nohup: what they start ignores the signal, too. */
  @Test
  void aHangupSignalHasTheRulesReadAgain(@TempDir Path folder) throws Exception {
    assumeThat(new ProcessBuilder("sh", "-c", "kill -HUP $$").start().waitFor())
        .as("exit code of who gets SIGHUP")
        .isNotZero();
    try (NamedUpstream one = new NamedUpstream("one");
        NamedUpstream two = new NamedUpstream("two");
        Facade facade = Facade.start(folder, rules(one), Map.of("BANYAN_RULES_WATCH", "0s"))) {
      Files.writeString(facade.rules(), rules(two));

      new ProcessBuilder("kill", "-HUP", Long.toString(facade.process().pid())).start().waitFor();

      Await.until(() -> text(facade).equals("two"), "the rules to be read on SIGHUP");
    }
  }

  private static String state(Facade facade) throws Exception {
    return facade.read("/api/v1/rules").path("state").asText();
  }

  private static String text(Facade facade) throws Exception {
    return new String(facade.get("/").body(), StandardCharsets.UTF_8);
  }

  private static String rules(NamedUpstream legacy) {
    return """
        version: 1
        upstreams:
          legacy: { url: http://127.0.0.1:%d }
        routes:
          - { id: everything, match: { path: /** }, legacy: legacy }
        """
        .formatted(legacy.port());
  }
}
