package dev.banyan.rules;

import java.time.Duration;

/**
 * How often a safe request without a body is sent once more when it got no byte of an answer, or
 * any request that found no connection.
 *
 * @param attempts further ones at the most; 0 for none
 * @param budget share of recent requests that may be sent again, so that a struggling upstream is
 *     not pushed over
 * @param pause before the next attempt at the most; drawn evenly from nothing to it
 */
public record RetryPolicy(int attempts, Share budget, Duration pause) {
  public static final RetryPolicy NONE = new RetryPolicy(0, new Share(2000), Duration.ofMillis(50));

  /** Where there is more than one URL, the next attempt goes to another one. */
  static final RetryPolicy ELSEWHERE = new RetryPolicy(1, NONE.budget(), NONE.pause());
}
