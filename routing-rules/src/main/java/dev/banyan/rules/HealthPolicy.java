package dev.banyan.rules;

import java.time.Duration;
import java.util.Optional;

/**
 * When a URL of an upstream takes no requests for a while.
 *
 * @param path asked at each interval; empty where nobody asks
 * @param interval between two questions to one URL, and the longest wait for an answer
 * @param failures in a row, of requests or of questions, after which a URL is left out
 * @param rest how long it is left out the first time; each time in a row it is twice as long, up to
 *     {@link #LONGEST_REST}
 * @param panic below this share of URLs that are well the policy says what happens
 * @param inPanic what happens then
 */
public record HealthPolicy(
    Optional<String> path,
    Duration interval,
    int failures,
    Duration rest,
    Share panic,
    InPanic inPanic) {
  public static final Duration LONGEST_REST = Duration.ofMinutes(5);
  public static final HealthPolicy DEFAULT =
      new HealthPolicy(
          Optional.empty(),
          Duration.ofSeconds(5),
          5,
          Duration.ofSeconds(10),
          new Share(5000),
          InPanic.USE_ALL);

  /** What is done where too few URLs are well to carry the load. */
  public enum InPanic {
    /** All are used, the sick ones too: some requests may still be answered. */
    USE_ALL,
    /** None is used: 503, so that those that are well are not overrun. */
    REFUSE
  }
}
