package dev.banyan.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Turns live exchanges with legacy into a contract. */
@Command(
    name = "record",
    description = "Turns live exchanges with legacy into a contract.",
    footer = {
      "",
      "Example:",
      "  banyan contracts record --route catalog.product --count 20 --for 30s --out product.yaml"
    })
final class ContractsRecordCommand extends AdminCommand {
  @Option(names = "--route", paramLabel = "ID", required = true, description = "The route's id.")
  String id = "";

  @Option(
      names = "--count",
      defaultValue = "20",
      description = "End after so many kept exchanges (${DEFAULT-VALUE}).")
  int count;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      defaultValue = "30s",
      description = "End after this time: 500ms, 30s, 5m (${DEFAULT-VALUE}).")
  String time = "30s";

  @Option(names = "--out", paramLabel = "FILE", description = "Write here, not to standard output.")
  @Nullable Path out;

  @Override
  void checkUsage() {
    length();
    if (count < 1) {
      throw new ParameterException(
          spec.commandLine(), "--count: " + count + " (expected: 1 or more)");
    }
  }

  @Override
  int run(AdminClient admin, Screen screen) {
    var deadline = System.nanoTime() + length().toNanos();
    var path = AdminClient.route(id) + "/contract/recording";
    admin.post(path, Map.of("limit", count));
    while (true) {
      var state = admin.get(path).tree();
      var kept = state.path("kept").asInt();
      screen.progress("recording %s: %d of %d kept".formatted(id, kept, count));
      if (kept >= count
          || !"recording".equals(state.path("state").asText())
          || System.nanoTime() - deadline > 0) {
        break;
      }
      LockSupport.parkNanos(Duration.ofMillis(Screen.isTerminal() ? 250 : 1000).toNanos());
    }
    screen.progressDone();
    var contract = admin.delete(path).text();
    if (out != null) {
      write(out, contract);
      screen.note("contract written to " + out);
    }
    if (json) {
      screen.json(AdminClient.JSON.createObjectNode().put("contract", contract).toString());
    } else if (out == null) {
      screen.block(contract);
    }
    noteLeftOut(admin.get(path), screen);
    return 0;
  }

  /** Known only once it has ended: asking legacy again is part of ending it. */
  private static void noteLeftOut(AdminClient.Answer ended, Screen screen) {
    for (var reason : ended.tree().path("leftOut").properties()) {
      screen.note("left out, %s: %s".formatted(reason.getKey(), reason.getValue()));
    }
  }

  private Duration length() {
    var found = Pattern.compile("([0-9]{1,9})(ms|s|m)").matcher(time);
    if (!found.matches()) {
      throw new ParameterException(
          spec.commandLine(), "--for: " + time + " (expected: a time as 500ms, 30s, 5m)");
    }
    var amount = Long.parseLong(found.group(1));
    return switch (found.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      default -> Duration.ofMinutes(amount);
    };
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new CommandFailed("Cannot write the contract to " + file + ": " + e);
    }
  }
}
