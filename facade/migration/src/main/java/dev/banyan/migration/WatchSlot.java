package dev.banyan.migration;

import dev.banyan.parity.Observation;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.IntCountsHistogram;

/** What was seen in a part of a window, or in all of it. For one thread at a time. */
final class WatchSlot {

  /** One side's answers; latencies in buckets less than 10 % wide, from 1 µs to 10 minutes. */
  static final class SideCounts {
    private static final long LONGEST = TimeUnit.MINUTES.toMicros(10);

    long answers;
    long errors;
    private final IntCountsHistogram micros = new IntCountsHistogram(LONGEST, 1);

    void record(Observation observation) {
      answers++;
      switch (observation) {
        case Observation.Answered answered -> {
          long latency = TimeUnit.NANOSECONDS.toMicros(answered.firstByte().toNanos());
          micros.recordValue(Math.clamp(latency, 1, LONGEST));
          errors += answered.status() >= 500 ? 1 : 0;
        }
        case Observation.Failed failed -> errors++;
      }
    }

    long latencies() {
      return micros.getTotalCount();
    }

    Duration p95() {
      return Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(micros.getValueAtPercentile(95)));
    }

    /** Surely slower: those of the limit's own bucket are not. */
    long slowerThan(Duration limit) {
      long least =
          micros.nextNonEquivalentValue(
              Math.clamp(TimeUnit.NANOSECONDS.toMicros(limit.toNanos()), 1, LONGEST));
      return least > LONGEST ? 0 : micros.getCountBetweenValues(least, LONGEST);
    }

    private void add(SideCounts other) {
      answers += other.answers;
      errors += other.errors;
      micros.add(other.micros);
    }

    private void clear() {
      answers = 0;
      errors = 0;
      micros.reset();
    }
  }

  final SideCounts legacy = new SideCounts();
  final SideCounts migrated = new SideCounts();
  long compared;
  long mismatched;

  void add(WatchSlot other) {
    legacy.add(other.legacy);
    migrated.add(other.migrated);
    compared += other.compared;
    mismatched += other.mismatched;
  }

  void clear() {
    legacy.clear();
    migrated.clear();
    compared = 0;
    mismatched = 0;
  }
}
