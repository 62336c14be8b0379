package dev.banyan.rules;

import java.nio.file.Path;

/**
 * Reads a rule set from a YAML file, or from all {@code *.yaml} and {@code *.yml} files of a
 * folder.
 */
public final class RuleSetReader {
  private RuleSetReader() {}

  public static ReadResult read(Path fileOrFolder) {
    throw new UnsupportedOperationException("read " + fileOrFolder);
  }

  /** Reads one document from memory; {@code name} stands for the file in problems. */
  public static ReadResult read(String name, String text) {
    throw new UnsupportedOperationException("read " + name + text.length());
  }
}
