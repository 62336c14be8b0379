package dev.banyan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class RenderingTest {
  @Test
  void sideBySideMarksOnlyLinesThatDiffer() {
    var lines = SideBySide.of("{\"a\":1.50,\"b\":2}", "{\"a\":1.5,\"b\":2}", 80);

    assertThat(lines).anyMatch(line -> line.contains(" ! ") && line.contains("1.50"));
    assertThat(lines).anyMatch(line -> line.contains("\"b\"") && !line.contains(" ! "));
    assertThat(lines).allMatch(line -> line.length() <= 80);
  }

  @Test
  void everyCommandsHelpHasAnExample() {
    check(
        Banyan.commandLine(
            new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter())));
  }

  private static void check(CommandLine command) {
    assertThat(command.getUsageMessage()).as(command.getCommandName()).contains("Example");
    command.getSubcommands().values().forEach(RenderingTest::check);
  }
}
