package dev.banyan.migration;

import dev.banyan.migration.Evidence.SideStatistics;
import dev.banyan.migration.LatencyCounts.Interval;
import dev.banyan.rules.Share;
import java.time.Duration;
import java.util.Optional;

/** Whether the migrated side's p95 keeps its limits: by intervals, not by the one figure. */
record LatencyCheck(double confidence, Findings findings) {
  private static final String P95 = "p95 of the migrated side: ";

  /** Against a limit of the route's own. */
  void within(SideStatistics migrated, Duration limit) {
    Optional<Interval> p95 = migrated.latencies().p95(confidence);
    if (p95.isEmpty()) {
      findings.missing(noneOf(migrated, "at most " + Figures.millis(limit)));
    } else if (p95.get().low().compareTo(limit) > 0) {
      findings.against(P95 + shown(p95.get()) + expected("at most " + Figures.millis(limit)));
    } else if (p95.get().high().filter(high -> high.compareTo(limit) <= 0).isEmpty()) {
      findings.missing(
          P95
              + shown(p95.get())
              + " leaves it open"
              + expected("at most " + Figures.millis(limit)));
    }
  }

  /** Against legacy's in the same window. */
  void beside(SideStatistics migrated, SideStatistics legacy, Share slower) {
    Optional<Interval> mine = migrated.latencies().p95(confidence);
    Optional<Interval> others = legacy.latencies().p95(confidence);
    String wanted = "at most " + slower + " above legacy's";
    if (mine.isEmpty()) {
      findings.missing(noneOf(migrated, wanted));
      return;
    }
    if (others.isEmpty()) {
      findings.missing("p95 of legacy: none" + expected("one to compare the migrated side's with"));
      return;
    }
    String both = P95 + shown(mine.get()) + ", of legacy " + shown(others.get());
    Optional<Duration> most = others.get().high().map(high -> grown(high, slower));
    Duration least = grown(others.get().low(), slower);
    if (most.filter(limit -> mine.get().low().compareTo(limit) > 0).isPresent()) {
      findings.against(both + expected(wanted));
    } else if (mine.get().high().filter(high -> high.compareTo(least) <= 0).isEmpty()) {
      findings.missing(both + " leave it open" + expected(wanted));
    }
  }

  private static Duration grown(Duration latency, Share slower) {
    return latency.plusNanos((long) (latency.toNanos() * slower.fraction()));
  }

  private static String noneOf(SideStatistics migrated, String wanted) {
    return P95 + "none, as all " + migrated.answers() + " answers failed" + expected(wanted);
  }

  private String shown(Interval interval) {
    String at = " at " + Figures.confidence(confidence) + " confidence";
    return interval
        .high()
        .map(
            high ->
                high.equals(interval.low())
                    ? Figures.millis(high) + at
                    : Figures.millis(interval.low()) + " to " + Figures.millis(high) + at)
        .orElse("at least " + Figures.millis(interval.low()) + at);
  }

  private static String expected(String wanted) {
    return " (expected: " + wanted + ")";
  }
}
