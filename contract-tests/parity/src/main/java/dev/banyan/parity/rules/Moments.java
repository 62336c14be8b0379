package dev.banyan.parity.rules;

import java.time.Duration;
import java.util.Optional;

/** What can be said about times that are not the same. */
public final class Moments {
  private Moments() {}

  public static boolean isTime(String text) {
    return Moment.of(text) != null;
  }

  /** From the first to the second; empty where one is no time. */
  public static Optional<Duration> shift(String control, String candidate) {
    Moment left = Moment.of(control);
    Moment right = Moment.of(candidate);
    return left == null || right == null
        ? Optional.empty()
        : Optional.of(Duration.between(left.instant(), right.instant()));
  }
}
