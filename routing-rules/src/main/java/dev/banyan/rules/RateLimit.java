package dev.banyan.rules;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How many requests a route takes, as a bucket of tokens: {@code burst} at once, refilled evenly.
 *
 * @param requests in each {@code period}
 * @param burst held at the most
 * @param per who shares a bucket
 * @param header the header's name in lower case, where it says who shares a bucket
 */
public record RateLimit(
    int requests, Duration period, int burst, Per per, @Nullable String header) {

  /** Who shares a bucket. */
  public enum Per {
    ROUTE,
    ADDRESS,
    HEADER
  }

  public RateLimit {
    if (requests < 1 || burst < 1 || period.isNegative() || period.isZero()) {
      throw new IllegalArgumentException(
          "rate limit: %d in %s, %d at once (expected: 1 or more)"
              .formatted(requests, period, burst));
    }
    if ((per == Per.HEADER) != (header != null)) {
      throw new IllegalArgumentException("rate limit per header: " + header);
    }
    header = header == null ? null : header.toLowerCase(Locale.ROOT);
  }

  /** From one token to the next. */
  public long nanosPerRequest() {
    return Math.max(1, period.toNanos() / requests);
  }
}
