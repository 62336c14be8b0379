package dev.banyan.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The running facade follows the descriptor sets that its rules name. */
class DescriptorReloadIT {
  private static final Path SET =
      Processes.HOME.resolve("contract-tests/parity/src/test/resources/protobuf/orders.binpb");

  @Test
  void aSetThatChangesIsReadAgainAndABadOneIsShownAndPassedOver(@TempDir Path folder)
      throws Exception {
    Path set = Files.createDirectory(folder.resolve("sets")).resolve("orders.binpb");
    Files.copy(SET, set);
    try (NamedUpstream legacy = new NamedUpstream("one");
        Facade facade =
            Facade.start(folder, rules(legacy), Map.of("BANYAN_RULES_WATCH", "100ms"))) {
      String digest = facade.read("/api/v1/rules").path("digest").asText();
      assertThat(digest).isNotEmpty();

      Files.delete(set);
      Await.until(() -> state(facade).equals("degraded"), "the missing set to be shown");
      assertThat(facade.read("/api/v1/rules").path("lastProblem").path("problems").toString())
          .contains("descriptors: sets/orders.binpb: there is no such file");

      Files.copy(SET, set, StandardCopyOption.REPLACE_EXISTING);
      Await.until(() -> state(facade).equals("ok"), "the set that is back to be read");
      assertThat(facade.read("/api/v1/rules").path("digest").asText()).isEqualTo(digest);

      byte[] other = Files.readAllBytes(SET);
      byte[] longer = java.util.Arrays.copyOf(other, other.length + 3);
      System.arraycopy(new byte[] {(byte) 0xa0, 0x06, 1}, 0, longer, other.length, 3);
      Files.write(set, longer);
      Await.until(
          () -> !facade.read("/api/v1/rules").path("digest").asText().equals(digest),
          "the other set to be in force");
      assertThat(facade.read("/api/v1/rules").path("lastChange").path("profiles"))
          .hasToString("[\"grpc\"]");
    }
  }

  private static String state(Facade facade) throws Exception {
    return facade.read("/api/v1/rules").path("state").asText();
  }

  private static String rules(NamedUpstream legacy) {
    return """
        version: 1
        upstreams:
          legacy: { url: http://127.0.0.1:%d }
        routes:
          - { id: everything, match: { path: /** }, legacy: legacy, compare: grpc }
        profiles:
          grpc: { descriptors: sets/orders.binpb }
        """
        .formatted(legacy.port());
  }
}
