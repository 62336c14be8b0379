package dev.banyan.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.banyan.app.privacy.KeepValues;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BanyanArgumentsTest {

  @Test
  void onlyTheRulesAreWantedAndEverythingListensOnLoopback() {
    assertThat(BanyanArguments.parse(List.of("--rules", "r.yaml"), Map.of()))
        .isEqualTo(
            new BanyanArguments(
                Path.of("r.yaml"),
                "127.0.0.1",
                8080,
                "127.0.0.1",
                9000,
                Path.of(".banyan"),
                KeepValues.FULL));
  }

  @Test
  void whatIsStoredComesFromTheFlagThenTheEnvironment() {
    Map<String, String> environment = Map.of("BANYAN_STORE", "paths-only");

    assertThat(BanyanArguments.parse(List.of("--rules", "r"), environment).store())
        .isEqualTo(KeepValues.PATHS_ONLY);
    assertThat(
            BanyanArguments.parse(List.of("--rules", "r", "--store", "full"), environment).store())
        .isEqualTo(KeepValues.FULL);
  }

  @Test
  void theDataFolderComesFromTheFlagThenTheEnvironment() {
    Map<String, String> environment = Map.of("BANYAN_DATA", "from-environment");

    assertThat(BanyanArguments.parse(List.of("--rules", "r"), environment).data())
        .isEqualTo(Path.of("from-environment"));
    assertThat(
            BanyanArguments.parse(List.of("--rules", "r", "--data", "from-flag"), environment)
                .data())
        .isEqualTo(Path.of("from-flag"));
  }

  @ParameterizedTest
  @CsvSource({
    "'', --rules: nothing",
    "--rules, --rules: nothing",
    "--rulez r, argument: --rulez",
    "--rules r --store some, --store: some (expected: full or paths-only)",
    "--rules r --port 65536, --port: 65536 (expected: 0 to 65535)",
    "--rules r --admin-port nine, --admin-port: nine (expected: 0 to 65535)",
    "--rules r stray, argument: stray"
  })
  void wrongUsageIsNamed(String line, String message) {
    List<String> words = line.isEmpty() ? List.of() : List.of(line.split(" "));

    assertThatThrownBy(() -> BanyanArguments.parse(words, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }
}
