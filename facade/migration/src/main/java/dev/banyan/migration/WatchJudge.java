package dev.banyan.migration;

import dev.banyan.migration.WatchSlot.SideCounts;
import dev.banyan.rules.Share;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Judges what a window holds: the migrated side against its limits and against legacy, so that a
 * trouble that both sides have (a database they share) flips nothing. By {@link RateBound}. Pure.
 */
record WatchJudge(WatchPolicy policy) {
  private static final int PARTS = 4;
  private static final double SLOWER_THAN_P95 = 0.05;
  private static final double LEAST_LIMIT = 0.0001;

  /** Twice legacy's share of errors is not worse enough to tell. */
  private static final int TIMES_LEGACY = 2;

  /** A sudden trouble shows in the newest quarter, a slow one in the whole. */
  WatchVerdict judge(WatchWindow window, Instant now) {
    WatchVerdict whole = judge(window.whole(now), policy.window());
    if (whole instanceof WatchVerdict.Calm) {
      Duration quarter = policy.window().dividedBy(PARTS);
      WatchVerdict newest = judge(window.newest(now), quarter);
      return newest instanceof WatchVerdict.Breach ? newest : whole;
    }
    return whole;
  }

  private WatchVerdict judge(WatchSlot seen, Duration span) {
    if (seen.migrated.answers < policy.least() && seen.compared < policy.least()) {
      return new WatchVerdict.NoTraffic(
          "answers of the migrated side: %d in %s (expected: at least %d)"
              .formatted(seen.migrated.answers, Figures.millis(span), policy.least()));
    }
    List<String> reasons = new ArrayList<>();
    errors(seen, span).ifPresent(reasons::add);
    latency(seen, span).ifPresent(reasons::add);
    mismatches(seen, span).ifPresent(reasons::add);
    return reasons.isEmpty() ? new WatchVerdict.Calm() : new WatchVerdict.Breach(reasons);
  }

  private Optional<String> errors(WatchSlot seen, Duration span) {
    SideCounts migrated = seen.migrated;
    double legacys =
        isEnough(seen.legacy.answers)
            ? (double) TIMES_LEGACY * seen.legacy.errors / seen.legacy.answers
            : 0;
    double limit = Math.max(LEAST_LIMIT, Math.max(policy.errors().fraction(), legacys));
    return isSurelyAbove(migrated.errors, migrated.answers, limit)
        ? Optional.of(
            "errors of the migrated side: %d of %d answers in %s (expected: at most %s; legacy: %d of %d)"
                .formatted(
                    migrated.errors,
                    migrated.answers,
                    Figures.millis(span),
                    policy.errors(),
                    seen.legacy.errors,
                    seen.legacy.answers))
        : Optional.empty();
  }

  private Optional<String> latency(WatchSlot seen, Duration span) {
    boolean hasLegacy = isEnough(seen.legacy.latencies());
    if (policy.p95().isEmpty() && !hasLegacy) {
      return Optional.empty();
    }
    Duration own = policy.p95().orElse(Duration.ZERO);
    Duration besides =
        hasLegacy
            ? Duration.ofNanos((long) (seen.legacy.p95().toNanos() * policy.slower()))
            : Duration.ZERO;
    Duration limit = own.compareTo(besides) > 0 ? own : besides;
    long slower = seen.migrated.slowerThan(limit);
    return isSurelyAbove(slower, seen.migrated.latencies(), SLOWER_THAN_P95)
        ? Optional.of(
            "p95 of the migrated side: %d of %d answers in %s took longer than %s (expected: at most 5%%)"
                .formatted(
                    slower, seen.migrated.latencies(), Figures.millis(span), Figures.millis(limit)))
        : Optional.empty();
  }

  private Optional<String> mismatches(WatchSlot seen, Duration span) {
    double limit = Math.max(LEAST_LIMIT, policy.mismatches().fraction());
    return !policy.mismatches().equals(Share.ALL)
            && isSurelyAbove(seen.mismatched, seen.compared, limit)
        ? Optional.of(
            "mismatches: %d of %d comparisons in %s (expected: at most %s)"
                .formatted(
                    seen.mismatched, seen.compared, Figures.millis(span), policy.mismatches()))
        : Optional.empty();
  }

  private boolean isEnough(long count) {
    return count >= policy.least();
  }

  private boolean isSurelyAbove(long events, long trials, double limit) {
    return isEnough(trials)
        && limit < 1
        && new RateBound(events, trials, policy.confidence()).surelyAbove(limit);
  }
}
