package dev.banyan.app.privacy;

import java.time.Duration;

/**
 * How long and how much of what was seen is stored; counts are kept whatever it says.
 *
 * @param age of an exemplar, at the most
 * @param bytes of all exemplars as they are stored, at the most; the oldest go first
 * @param keep where no values are kept, those of earlier runs go at once
 */
public record Retention(Duration age, long bytes, KeepValues keep) {
  public Retention {
    if (age.isNegative() || age.isZero()) {
      throw new IllegalArgumentException(
          "banyan.store.retention: " + age + " (expected: a duration, such as 30d)");
    }
    if (bytes < 0) {
      throw new IllegalArgumentException(
          "banyan.store.size: " + bytes + " (expected: a size, such as 256M)");
    }
  }
}
