package dev.banyan.migration;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a gate may look at: one route's counts and latencies since {@code since}.
 *
 * @param since when the window began
 * @param requests answered to clients, by either side
 * @param matched comparisons without a difference
 * @param tolerated comparisons whose differences are all accepted
 * @param mismatched comparisons with a difference that nothing accepts, a failed candidate among
 *     them
 * @param incomparable pairs that say nothing, by reason
 * @param skipped copies that were not sent or not compared, by reason
 * @param legacy how legacy answered, in whichever role
 * @param migrated how the migrated side answered, in whichever role
 * @param contracts the newest contract report for the migrated side
 */
public record Evidence(
    String routeId,
    Instant since,
    long requests,
    long matched,
    long tolerated,
    long mismatched,
    Map<String, Long> incomparable,
    Map<String, Long> skipped,
    SideStatistics legacy,
    SideStatistics migrated,
    Optional<ContractSummary> contracts) {

  /**
   * One side's answers.
   *
   * @param answers whole answers and failures
   * @param errors 5xx answers and failures
   * @param p50 to the first byte; none without answers
   * @param p95 likewise
   * @param p99 likewise
   */
  public record SideStatistics(
      long answers,
      long errors,
      Optional<Duration> p50,
      Optional<Duration> p95,
      Optional<Duration> p99) {
    public static final SideStatistics NONE =
        new SideStatistics(0, 0, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** A contract report in three figures. */
  public record ContractSummary(Instant at, long passed, long failed) {}

  public Evidence {
    incomparable = Map.copyOf(incomparable);
    skipped = Map.copyOf(skipped);
  }

  /** Pairs that were judged. */
  public long compared() {
    return matched + tolerated + mismatched;
  }

  /** SHA-256 over all of it, lower-case hex: the same evidence has the same digest. */
  public String digest() {
    return EvidenceDigest.of(this);
  }
}
