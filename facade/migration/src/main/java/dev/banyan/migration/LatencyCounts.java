package dev.banyan.migration;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * How many answers took how long. Immutable; counts of several windows may be added up.
 *
 * @param buckets by rising latency, none empty
 */
public record LatencyCounts(List<Bucket> buckets) {
  public static final LatencyCounts NONE = new LatencyCounts(List.of());

  /** Of 100 answers, 95 take at most the p95. */
  private static final double SLOWER_THAN_P95 = 0.05;

  /**
   * Answers of about one latency.
   *
   * @param micros the least of them
   */
  public record Bucket(long micros, long count) {}

  /**
   * Where a percentile lies, at a confidence that holds however often one looks.
   *
   * @param high none where too few answers say so
   */
  public record Interval(Duration low, Optional<Duration> high) {}

  public LatencyCounts {
    buckets = List.copyOf(buckets);
  }

  public long total() {
    return buckets.stream().mapToLong(Bucket::count).sum();
  }

  /** The latency that this part of all answers does not exceed, 0 to 1; none without answers. */
  public Optional<Duration> quantile(double part) {
    long wanted = Math.max(1, (long) Math.ceil(part * total()));
    long seen = 0;
    for (Bucket bucket : buckets) {
      seen += bucket.count();
      if (seen >= wanted) {
        return Optional.of(micros(bucket));
      }
    }
    return Optional.empty();
  }

  /**
   * The interval of the 95th percentile between two order statistics: the p95 is surely at most a
   * latency where the share of slower answers is surely at most 5 %, and surely above one where
   * that share is surely above 5 % ({@link RateBound}; for quantiles S. R. Howard and A. Ramdas,
   * "Sequential estimation of quantiles", Bernoulli 28, 2022, 1704–1728). None without answers.
   */
  public Optional<Interval> p95(double confidence) {
    long total = total();
    long slower = total;
    Optional<Duration> low = Optional.empty();
    for (Bucket bucket : buckets) {
      slower -= bucket.count();
      RateBound bound = new RateBound(slower, total, confidence);
      if (low.isEmpty() && !bound.surelyAbove(SLOWER_THAN_P95)) {
        low = Optional.of(micros(bucket));
      }
      if (bound.surelyWithin(SLOWER_THAN_P95)) {
        return Optional.of(new Interval(low.orElseThrow(), Optional.of(micros(bucket))));
      }
    }
    return low.map(lower -> new Interval(lower, Optional.empty()));
  }

  private static Duration micros(Bucket bucket) {
    return Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(bucket.micros()));
  }
}
