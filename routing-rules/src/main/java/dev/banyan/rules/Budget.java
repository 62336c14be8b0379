package dev.banyan.rules;

import java.time.Duration;
import java.util.Optional;

/**
 * What a route may cost its clients.
 *
 * @param p95 95 % of the answers begin within this
 * @param errors the share of 5xx answers and failures
 * @param slower how much above legacy's p95 the migrated side's may be, as a part of legacy's
 */
public record Budget(Optional<Duration> p95, Optional<Share> errors, Optional<Share> slower) {
  public static final Budget NONE =
      new Budget(Optional.empty(), Optional.empty(), Optional.empty());
}
