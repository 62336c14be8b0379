package dev.banyan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class RenderingTest {
  @Test
  void aBudgetIsOneLineWithEachWindow() throws Exception {
    var burns =
        new com.fasterxml.jackson.databind.ObjectMapper()
            .readTree(
                """
                [{"objective":"errors","window":"5m","requests":100,"bad":2,"rate":20.0},
                 {"objective":"latency","window":"5m","requests":100,"bad":5,"rate":1.0},
                 {"objective":"errors","window":"1h","requests":900,"bad":9,"rate":10.0}]""");

    assertThat(Words.burns(burns))
        .containsExactly(
            "budget errors burns: 5m 20.0x (2 of 100), 1h 10.0x (9 of 900)",
            "budget latency burns: 5m 1.0x (5 of 100)");
  }

  @Test
  void sideBySideMarksOnlyLinesThatDiffer() {
    var lines = SideBySide.of("{\"a\":1.50,\"b\":2}", "{\"a\":1.5,\"b\":2}", 80);

    assertThat(lines).anyMatch(line -> line.contains(" ! ") && line.contains("1.50"));
    assertThat(lines).anyMatch(line -> line.contains("\"b\"") && !line.contains(" ! "));
    assertThat(lines).allMatch(line -> line.length() <= 80);
  }

  @Test
  void addedAndRemovedLinesCarryTheirOwnMarks() {
    var lines = SideBySide.of("same\nold", "same\nold\nnew", 60);

    assertThat(lines).anyMatch(line -> line.matches("same +same"));
    assertThat(lines).anyMatch(line -> line.matches(" +> new"));
    assertThat(SideBySide.of("gone\nsame", "same", 60)).anyMatch(l -> l.matches("gone +<"));
  }

  @Test
  void longLinesAreWrappedInTheirColumn() {
    var lines = SideBySide.of("x".repeat(500), "y", 120);

    assertThat(lines).allMatch(line -> line.length() <= 120);
    assertThat(String.join("", lines).chars().filter(c -> c == 'x').count()).isEqualTo(500);
  }

  @Test
  void wideCharactersTakeTwoColumns() {
    var lines = SideBySide.of("山田太郎\nab", "山田太郎\nab", 60);

    assertThat(lines.get(2)).isEqualTo("山田太郎" + " ".repeat(28 - 8 + 3) + "山田太郎");
    assertThat(String.join("", SideBySide.of("😀".repeat(50), "", 60)).codePoints())
        .filteredOn(point -> point == 0x1F600)
        .hasSize(50);
  }

  @Test
  void numbersKeepTheDigitsTheyWereSentWith() {
    assertThat(SideBySide.of("{\"n\":9007199254740993.10}", "{}", 100))
        .anyMatch(line -> line.contains("9007199254740993.10"));
  }

  @Test
  void textThatSteersTerminalsIsInert() {
    var evil = "a\u001b[2J\u0007\u009b1m\u202eb\r";
    assertThat(Screen.safe(evil)).isEqualTo("a\\u001b[2J\\u0007\\u009b1m\\u202eb\\u000d");
    assertThat(Screen.safe("größer € 日本")).isEqualTo("größer € 日本");
    assertThat(SideBySide.of(evil, "{\"a\":\"\u001b[31m\"}", 80))
        .noneMatch(line -> line.contains("\u001b"));

    var table = new TextTable("id");
    table.row(evil);
    assertThat(table.lines()).noneMatch(line -> line.contains("\u001b"));
  }

  @Test
  void jsonKeepsItsMeaningWhileInert() {
    var out = new StringWriter();
    Screen.of(new PrintWriter(out), new PrintWriter(new StringWriter()))
        .json("{\"a\":\"x\u009b y\"}");

    assertThat(out.toString().strip()).isEqualTo("{\"a\":\"x\\u009b y\"}");
  }

  @Test
  void noColoursWhereNobodyLooks() {
    var out = new StringWriter();
    Screen.of(new PrintWriter(out), new PrintWriter(new StringWriter()))
        .line(Screen.Colour.RED, "text");

    assertThat(out.toString().strip()).isEqualTo("text");
  }

  @Test
  void theRootPrintsItsHelp() {
    var run = AdminStub.command();

    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("routes", "rollback", "demo", "test", "bench", "run");
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
