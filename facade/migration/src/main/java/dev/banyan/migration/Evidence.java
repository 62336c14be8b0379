package dev.banyan.migration;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a gate may look at: one route's counts and latencies from {@code since} to {@code at}.
 *
 * @param since when the window began
 * @param at when these counts were read
 * @param version the candidate version that the window is about; none where no answer names one
 * @param requests answered to clients, by either side
 * @param matched comparisons without a difference
 * @param tolerated comparisons whose differences are all accepted
 * @param mismatched comparisons with a difference that nothing accepts, a failed candidate among
 *     them
 * @param incomparable pairs that say nothing, by reason
 * @param skipped copies that were not sent or not compared, by reason
 * @param legacy how legacy answered, in whichever role
 * @param migrated how the migrated side answered, in whichever role
 * @param shapes what clients' requests look like, and how often each was compared
 * @param contracts the newest contract report for the migrated side
 */
public record Evidence(
    String routeId,
    Instant since,
    Instant at,
    Optional<String> version,
    long requests,
    long matched,
    long tolerated,
    long mismatched,
    Map<String, Long> incomparable,
    Map<String, Long> skipped,
    SideStatistics legacy,
    SideStatistics migrated,
    Map<String, ShapeCount> shapes,
    Optional<ContractSummary> contracts) {

  /**
   * One side's answers.
   *
   * @param answers whole answers and failures
   * @param errors 5xx answers and failures
   * @param latencies of the whole answers, to the first byte
   */
  public record SideStatistics(long answers, long errors, LatencyCounts latencies) {
    public static final SideStatistics NONE = new SideStatistics(0, 0, LatencyCounts.NONE);

    /** To the first byte; none without answers. */
    public Optional<Duration> p50() {
      return latencies.quantile(0.50);
    }

    /** Likewise. */
    public Optional<Duration> p95() {
      return latencies.quantile(0.95);
    }

    /** Likewise. */
    public Optional<Duration> p99() {
      return latencies.quantile(0.99);
    }
  }

  /**
   * A contract report in three figures.
   *
   * @param version the candidate version that was verified, where it is known
   */
  public record ContractSummary(Instant at, long passed, long failed, Optional<String> version) {
    /** Of the version that is present when the report arrives. */
    public ContractSummary(Instant at, long passed, long failed) {
      this(at, passed, failed, Optional.empty());
    }
  }

  public Evidence {
    incomparable = Map.copyOf(incomparable);
    skipped = Map.copyOf(skipped);
    shapes = Map.copyOf(shapes);
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
