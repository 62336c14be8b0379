package dev.banyan.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The tables of rule files: what is to be accepted, what is to be rejected, and the samples. */
final class RuleFiles {
  private static final Path RESOURCES = Path.of("src/test/resources");

  private RuleFiles() {}

  static List<Path> accepted() {
    return Stream.concat(samples().stream(), list(RESOURCES.resolve("accepted")).stream()).toList();
  }

  static List<Path> samples() {
    return list(Path.of("samples"));
  }

  static List<Path> rejected() {
    return list(RESOURCES.resolve("rejected"));
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static RuleSet rules(String text) {
    return accepted(RuleSetReader.read("rules", text));
  }

  static RuleSet accepted(ReadResult result) {
    return switch (result) {
      case ReadResult.Accepted accepted -> accepted.rules();
      case ReadResult.Rejected rejected -> throw new AssertionError(rejected.problems().toString());
    };
  }

  static List<String> problems(ReadResult result) {
    return switch (result) {
      case ReadResult.Accepted accepted -> List.of();
      case ReadResult.Rejected rejected ->
          rejected.problems().stream().map(Problem::toString).toList();
    };
  }

  static RoutingTable table(String text, Map<String, Stage> stages) {
    return RoutingTable.compile(rules(text), stages, Set.of(), 0);
  }
}
