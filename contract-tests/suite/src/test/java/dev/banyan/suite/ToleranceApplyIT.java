package dev.banyan.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a mismatch to a tolerance in the rule file, by the commands alone. */
class ToleranceApplyIT {
  private static final String MISMATCHES = "/api/v1/routes/orders/mismatches";

  @Test
  void aToleranceIsWrittenIntoTheRuleFileAndTheCountsMove(@TempDir Path folder) throws Exception {
    try (JsonUpstream legacy = new JsonUpstream("{\"lead\":\"01:30:00\",\"price\":1.25}");
        JsonUpstream migrated = new JsonUpstream("{\"lead\":\"PT1H30M\",\"price\":1.26}");
        Facade facade = Facade.start(folder, rules(legacy, migrated))) {
      String before = Files.readString(facade.rules());
      String lead = mismatch(facade, "$.lead");
      String price = mismatch(facade, "$.price");

      Offline shown = Offline.cli(folder, List.of("mismatches", "orders"));
      assertThat(shown.output())
          .contains("time.timespan", "cure in code: write ISO durations as TimeSpan")
          .contains("rule: time.timespan, owner: \"OWNER\"", "RoundingMode.HALF_EVEN");

      Offline dry = tolerate(folder, lead, "--apply", "--dry-run");
      assertThat(dry.exit()).as(dry.output()).isZero();
      assertThat(dry.output()).contains("--apply writes it into " + facade.rules());
      assertThat(Files.readString(facade.rules())).isEqualTo(before);

      Offline done = tolerate(folder, lead, "--until", "2099-12-31", "--apply");
      assertThat(done.exit()).as(done.output()).isZero();
      assertThat(done.output())
          .contains("the facade has loaded it")
          .containsPattern("orders +" + lead + " +\\$\\.lead +value +\\d+ +mismatch +tolerated");
      assertThat(Files.readString(facade.rules()))
          .isEqualTo(
              before.replace("compare: dotnet-json # for now", "compare: orders # for now")
                  + """
                  profiles:
                    orders:
                      extends: dotnet-json
                      tolerate:
                        - name: "time-timespan-lead"
                          at: "$.lead"
                          rule: time.timespan
                          owner: "ann"
                          reason: "both read it"
                          expires: 2099-12-31
                  """);
      assertThat(facade.read("/api/v1/rules").path("state").asText()).isEqualTo("ok");
      assertThat(standing(facade, lead)).isEqualTo("tolerated");
      assertThat(standing(facade, price)).isEqualTo("mismatch");

      Offline second = tolerate(folder, price, "--apply", "--json");
      assertThat(second.exit()).as(second.output()).isZero();
      JsonNode moved = Facade.JSON.readTree(second.output()).path("moved");
      assertThat(moved.size()).isEqualTo(1);
      assertThat(moved.path(0).path("signature").asText()).isEqualTo(price);
      assertThat(Files.readString(facade.rules()))
          .containsSubsequence("expires: 2099-12-31", "- name: \"value-price\"", "kind: value");
      try (var files = Files.list(folder)) {
        assertThat(files.map(file -> file.getFileName().toString()))
            .noneMatch(name -> name.startsWith(".banyan"));
      }
    }
  }

  @Test
  void whatTheFacadeDoesNotRunFromIsLeftAlone(@TempDir Path folder) throws Exception {
    try (JsonUpstream legacy = new JsonUpstream("{\"price\":1.25}");
        JsonUpstream migrated = new JsonUpstream("{\"price\":1.26}");
        Facade facade = Facade.start(folder, rules(legacy, migrated))) {
      String price = mismatch(facade, "$.price");
      String spoilt = Files.readString(facade.rules()) + "routes: [\n";
      Files.writeString(facade.rules(), spoilt);

      Offline refused = tolerate(folder, price, "--apply");

      assertThat(refused.exit()).isEqualTo(1);
      assertThat(refused.output())
          .contains("does not hold the rules in force", "Nothing was changed.");
      assertThat(Files.readString(facade.rules())).isEqualTo(spoilt);
      assertThat(standing(facade, price)).isEqualTo("mismatch");
      assertThat(
              facade
                  .call(
                      "POST",
                      MISMATCHES + "/" + price + "/tolerance",
                      "{\"owner\":\"ann\",\"reason\":\"known\",\"expectedRules\":\"other\"}")
                  .statusCode())
          .isEqualTo(409);
    }
  }

  private static Offline tolerate(Path folder, String signature, String... more) throws Exception {
    List<String> words =
        new ArrayList<>(
            List.of("tolerate", signature, "--reason", "both read it", "--owner", "ann"));
    words.addAll(List.of(more));
    return Offline.cli(folder, words);
  }

  /** The id of what differs at a place, once it has been seen. */
  private static String mismatch(Facade facade, String location) {
    String[] id = new String[1];
    Await.until(
        () -> {
          facade.get("/orders/1");
          for (JsonNode one : facade.read(MISMATCHES).path("signatures")) {
            if (one.path("location").asText().equals(location)) {
              id[0] = one.path("id").asText();
            }
          }
          return id[0] != null;
        },
        "a mismatch at " + location);
    return id[0];
  }

  private static String standing(Facade facade, String id) throws Exception {
    for (JsonNode one : facade.read(MISMATCHES).path("signatures")) {
      if (one.path("id").asText().equals(id)) {
        return one.path("standing").asText();
      }
    }
    return "";
  }

  private static String rules(JsonUpstream legacy, JsonUpstream migrated) {
    return """
        version: 1 # of the test
        upstreams:
          legacy: { url: http://127.0.0.1:%d }
          migrated: { url: http://127.0.0.1:%d }
        routes:
          # compared by and by
          - id: orders
            match: { path: /orders/{id} }
            compare: dotnet-json # for now
            legacy: legacy
            migrated: migrated
            stage: shadow
          - { id: rest, match: { path: /** }, legacy: legacy, compare: dotnet-json }
        """
        .formatted(legacy.port(), migrated.port());
  }
}
