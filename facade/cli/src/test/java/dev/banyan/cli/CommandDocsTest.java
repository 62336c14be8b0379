package dev.banyan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** What the launcher starts elsewhere has its options here, and in the docs. */
class CommandDocsTest {
  private static final Path DOCS =
      Path.of(System.getProperty("banyan.home", "../..")).resolve("docs/reference/cli.md");

  /** Told for many commands at once. */
  private static final Set<String> OF_MANY = Set.of("--help", "--json");

  @ParameterizedTest
  @CsvSource({
    "run, --rules --host --port --admin-host --admin-port --data --store",
    "contracts verify, --target --rules --profile --report --token-file --version --json",
    "compare, --profile --rules --type --json",
    "replay, --against --rules --profile --rate --concurrency --methods --unsafe --host --json",
  })
  void theHelpOfACommandNamesWhatItTakes(String command, String options) {
    assertThat(found(command).getUsageMessage()).contains(options.split(" ", -1));
  }

  @Test
  void everyOptionStandsInTheRowOfItsCommand() throws IOException {
    List<String> rows = Files.readAllLines(DOCS);
    for (String command : List.of("run", "contracts verify", "compare", "replay")) {
      assertThat(rows)
          .filteredOn(row -> row.startsWith("| `" + command + " "))
          .as(command)
          .singleElement()
          .satisfies(row -> assertThat(row).contains(optionsOf(command)));
    }
  }

  private static String[] optionsOf(String command) {
    return found(command).getCommandSpec().options().stream()
        .map(OptionSpec::longestName)
        .filter(name -> !OF_MANY.contains(name))
        .toArray(String[]::new);
  }

  private static CommandLine found(String command) {
    CommandLine line =
        Banyan.commandLine(
            new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()));
    for (String word : command.split(" ", -1)) {
      line = Objects.requireNonNull(line.getSubcommands().get(word), word);
    }
    return line;
  }
}
