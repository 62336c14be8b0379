package dev.banyan.rules;

import java.time.Duration;
import java.util.Optional;

/**
 * What a route may cost its clients.
 *
 * @param p95 95 % of the answers begin within this
 * @param errors the share of 5xx answers and failures
 */
public record Budget(Optional<Duration> p95, Optional<Share> errors) {
  public static final Budget NONE = new Budget(Optional.empty(), Optional.empty());
}
