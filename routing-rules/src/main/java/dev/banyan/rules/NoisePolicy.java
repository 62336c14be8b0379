package dev.banyan.rules;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * How the legacy system is asked a second time, so that what varies by itself is known.
 *
 * @param baseline which share of the shadowed requests that legacy served is sent to it once more
 * @param requests at the most in each {@code period}, never two at once
 * @param against name of another instance of the legacy system to ask instead of the route's own
 */
public record NoisePolicy(Share baseline, int requests, Duration period, Optional<String> against) {
  /** What is ever sent a second time. */
  public static final Set<String> METHODS = Set.of("GET", "HEAD");

  static final Share DEFAULT_BASELINE = new Share(500);
  static final int DEFAULT_REQUESTS = 2;
  static final Duration DEFAULT_PERIOD = Duration.ofSeconds(1);

  public NoisePolicy {
    if (requests < 1 || period.isNegative() || period.isZero()) {
      throw new IllegalArgumentException(
          "noise rate: %d in %s (expected: 1 or more)".formatted(requests, period));
    }
  }

  /** From one repeat to the next. */
  public long nanosPerRequest() {
    return Math.max(1, period.toNanos() / requests);
  }
}
