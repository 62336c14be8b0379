package dev.banyan.migration;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where a route stands with its watch: {@code watching → breached → acknowledged → watching}. After
 * a breach nobody flips forward until it has cooled down <em>and</em> a person has acknowledged it.
 */
public sealed interface WatchState {

  /** Why a flip forward is not allowed now; none where it is. */
  Optional<String> against(Instant now);

  /** Nothing stands in the way. */
  record Watching() implements WatchState {
    public Breached breached(Instant now, List<String> reasons, Duration coolDown) {
      return new Breached(now, now.plus(coolDown), reasons);
    }

    @Override
    public Optional<String> against(Instant now) {
      return Optional.empty();
    }
  }

  /**
   * Legacy took over again, and nobody has looked yet.
   *
   * @param cool when it has cooled down
   */
  record Breached(Instant at, Instant cool, List<String> reasons) implements WatchState {
    public Breached {
      reasons = List.copyOf(reasons);
    }

    public Acknowledged acknowledge(String who, Instant now) {
      return new Acknowledged(this, who, now);
    }

    @Override
    public Optional<String> against(Instant now) {
      return Optional.of(
          "breach of %s: not acknowledged (expected: a person who has looked at it): %s"
              .formatted(at, String.join("; ", reasons)));
    }
  }

  /** Somebody has looked; from {@code breach.cool()} on it is as if nothing had been. */
  record Acknowledged(Breached breach, String who, Instant at) implements WatchState {
    @Override
    public Optional<String> against(Instant now) {
      return now.isBefore(breach.cool())
          ? Optional.of(
              "breach of %s: cooling down (expected: a flip after %s)"
                  .formatted(breach.at(), breach.cool()))
          : Optional.empty();
    }
  }
}
