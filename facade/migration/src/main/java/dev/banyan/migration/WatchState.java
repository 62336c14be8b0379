package dev.banyan.migration;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a route stands with its watch: {@code watching → breached → acknowledged → watching}. After
 * a breach nobody flips forward until it has cooled down <em>and</em> a person has acknowledged it.
 *
 * <p>Each replica watches for itself, and they tell each other their states ({@link #merged}).
 */
public sealed interface WatchState {

  /** Why a flip forward is not allowed now; none where it is. */
  Optional<String> against(Instant now);

  /**
   * What two replicas know together: the newest breach, acknowledged where somebody has
   * acknowledged it or a later one. In whatever order and however often states are merged, the same
   * comes out.
   */
  static WatchState merged(WatchState one, WatchState other) {
    Optional<Breached> newest =
        Stream.of(one, other).flatMap(state -> state.breachSeen().stream()).max(Breached.BY_AGE);
    if (newest.isEmpty()) {
      return new Watching();
    }
    Breached breach = newest.get();
    return Stream.of(one, other)
        .filter(Acknowledged.class::isInstance)
        .map(Acknowledged.class::cast)
        .max(Acknowledged.BY_AGE)
        .filter(last -> !last.at().isBefore(breach.at()))
        .<WatchState>map(last -> new Acknowledged(breach, last.who(), last.at()))
        .orElse(breach);
  }

  /** The breach that it is about, acknowledged or not. */
  Optional<Breached> breachSeen();

  /** Nothing stands in the way. */
  record Watching() implements WatchState {
    public Breached breached(Instant now, List<String> reasons, Duration coolDown, String replica) {
      return new Breached(now, now.plus(coolDown), reasons, replica);
    }

    @Override
    public Optional<Breached> breachSeen() {
      return Optional.empty();
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
   * @param replica the id of the one that saw it; empty where that was not kept
   */
  record Breached(Instant at, Instant cool, List<String> reasons, String replica)
      implements WatchState {
    private static final Comparator<Breached> BY_AGE =
        Comparator.comparing(Breached::at)
            .thenComparing(Breached::replica)
            .thenComparing(Breached::cool)
            .thenComparing(breach -> String.join("\n", breach.reasons()));

    public Breached {
      reasons = List.copyOf(reasons);
    }

    /** Never before the breach, as it was seen by another clock. */
    public Acknowledged acknowledge(String who, Instant now) {
      return new Acknowledged(this, who, now.isBefore(at) ? at : now);
    }

    @Override
    public Optional<Breached> breachSeen() {
      return Optional.of(this);
    }

    @Override
    public Optional<String> against(Instant now) {
      return Optional.of(
          "breach of %s%s: not acknowledged (expected: a person who has looked at it): %s"
              .formatted(at, seenBy(), String.join("; ", reasons)));
    }

    private String seenBy() {
      return replica.isEmpty() ? "" : " seen by replica " + replica;
    }
  }

  /** Somebody has looked; from {@code breach.cool()} on it is as if nothing had been. */
  record Acknowledged(Breached breach, String who, Instant at) implements WatchState {
    private static final Comparator<Acknowledged> BY_AGE =
        Comparator.comparing(Acknowledged::at).thenComparing(Acknowledged::who);

    @Override
    public Optional<Breached> breachSeen() {
      return Optional.of(breach);
    }

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
