package dev.banyan.rules;

import java.util.Locale;

/** Which system: the old one or the new one. */
public enum Side {
  LEGACY,
  MIGRATED;

  public Side other() {
    return this == LEGACY ? MIGRATED : LEGACY;
  }

  /**
   * The word used in rule files, REST, CLI, logs and metrics: {@code legacy} or {@code migrated}.
   */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
