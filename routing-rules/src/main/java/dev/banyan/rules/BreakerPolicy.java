package dev.banyan.rules;

import java.time.Duration;

/**
 * When an upstream is not asked at all.
 *
 * @param failures share of the last requests that got no answer, from which on the breaker opens;
 *     none for a breaker that never does
 * @param of how many last requests are looked at; none is judged before there are as many
 * @param pause until one request is let through to try again
 */
public record BreakerPolicy(Share failures, int of, Duration pause) {
  public static final BreakerPolicy DEFAULT =
      new BreakerPolicy(new Share(5000), 100, Duration.ofSeconds(5));
  public static final BreakerPolicy NEVER =
      new BreakerPolicy(Share.NONE, DEFAULT.of(), DEFAULT.pause());

  public boolean opens() {
    return failures.basisPoints() > 0;
  }
}
