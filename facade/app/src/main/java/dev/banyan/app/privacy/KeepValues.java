package dev.banyan.app.privacy;

import java.util.Locale;

/** Whether masked values are kept at all. */
public enum KeepValues {
  /** Masked and encrypted. */
  FULL,
  /** Only where differences are, of what kind, and what they look like. */
  PATHS_ONLY;

  /**
   * As in {@code banyan run --store}.
   *
   * @throws IllegalArgumentException with a message for the user
   */
  public static KeepValues of(String word) {
    for (KeepValues value : values()) {
      if (value.word().equals(word)) {
        return value;
      }
    }
    throw new IllegalArgumentException("--store: " + word + " (expected: full or paths-only)");
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
