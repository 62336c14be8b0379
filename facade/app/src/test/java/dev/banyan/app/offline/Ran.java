package dev.banyan.app.offline;

import dev.banyan.app.reflection.Bounds;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What a command printed, and how it ended. */
record Ran(int exit, String out, String err) {

  static Ran compare(String... words) {
    return run((out, err) -> Compare.run(List.of(words), out, err));
  }

  static Ran replay(String... words) {
    return run((out, err) -> Replay.run(List.of(words), out, err, Optional.empty()));
  }

  static Ran fetch(Bounds bounds, String... words) {
    return run((out, err) -> DescriptorsFetch.run(List.of(words), out, err, bounds));
  }

  static Ran verify(String... words) {
    return run((out, err) -> ContractsVerify.run(List.of(words), out, err));
  }

  private interface Command {
    int run(PrintStream out, PrintStream err);
  }

  private static Ran run(Command command) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exit =
        command.run(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    return new Ran(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
