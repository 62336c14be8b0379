package dev.banyan.app;

import dev.banyan.rules.ReadResult;
import dev.banyan.rules.RuleSet;
import dev.banyan.rules.RuleSetReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Where the rules are written. */
public final class RuleSource {
  private final Path path;
  private volatile Set<Path> beside = Set.of();

  /**
   * @param path file or folder
   */
  public RuleSource(Path path) {
    this.path = path;
  }

  public Path path() {
    return path;
  }

  public ReadResult read() {
    return RuleSetReader.read(path, files -> beside = files);
  }

  /** The files that the rules named when they were last read, also those that were missing. */
  public List<Path> beside() {
    return beside.stream().sorted().toList();
  }

  RuleSet readOrThrow() {
    return switch (read()) {
      case ReadResult.Accepted accepted -> accepted.rules();
      case ReadResult.Rejected rejected ->
          throw new IllegalStateException("rules: " + rejected.problems());
    };
  }
}
