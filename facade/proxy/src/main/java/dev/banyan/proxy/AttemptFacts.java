package dev.banyan.proxy;

import dev.banyan.parity.Observation;
import org.jspecify.annotations.Nullable;

/**
 * What came before the answer that a client got.
 *
 * @param retries how often the request was sent again to the same upstream
 * @param fellBackFrom how the side that was to serve failed where legacy answered instead, or null
 */
public record AttemptFacts(int retries, Observation.@Nullable Failed fellBackFrom) {
  /** Nothing. */
  public static final AttemptFacts FIRST = new AttemptFacts(0, null);
}
