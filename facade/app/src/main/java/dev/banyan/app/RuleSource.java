package dev.banyan.app;

import dev.banyan.rules.ReadResult;
import dev.banyan.rules.RuleSet;
import dev.banyan.rules.RuleSetReader;
import java.nio.file.Path;

/**
 * Where the rules are written.
 *
 * @param path file or folder
 */
public record RuleSource(Path path) {
  public ReadResult read() {
    return RuleSetReader.read(path);
  }

  RuleSet readOrThrow() {
    return switch (read()) {
      case ReadResult.Accepted accepted -> accepted.rules();
      case ReadResult.Rejected rejected ->
          throw new IllegalStateException("rules: " + rejected.problems());
    };
  }
}
