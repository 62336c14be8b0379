package dev.banyan.migration;

import dev.banyan.migration.Evidence.SideStatistics;
import dev.banyan.migration.LatencyCounts.Bucket;
import dev.banyan.parity.Observation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.AtomicHistogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * One side's answers since the window began, for many threads: recording is a few atomic additions
 * and waits for nobody.
 *
 * <p>Latencies are kept from 1 µs to 10 minutes in buckets less than 1 % wide (25 KB); what lies
 * outside counts at the nearer end. A percentile is its bucket's lower end, so that a budget which
 * is just kept is never called broken.
 */
final class SideWindow {
  static final Duration LONGEST = Duration.ofMinutes(10);
  private static final int DIGITS = 2;

  private final LongAdder answers = new LongAdder();
  private final LongAdder errors = new LongAdder();
  private final AtomicHistogram firstByteMicros =
      new AtomicHistogram(TimeUnit.MINUTES.toMicros(LONGEST.toMinutes()), DIGITS);

  void record(Observation observation) {
    answers.increment();
    switch (observation) {
      case Observation.Answered answered -> {
        firstByteMicros.recordValue(micros(answered.firstByte()));
        if (answered.status() >= 500) {
          errors.increment();
        }
      }
      case Observation.Failed failed -> errors.increment();
    }
  }

  private static long micros(Duration latency) {
    if (latency.compareTo(LONGEST) >= 0) {
      return TimeUnit.MINUTES.toMicros(LONGEST.toMinutes());
    }
    return Math.max(1, TimeUnit.NANOSECONDS.toMicros(latency.toNanos()));
  }

  SideStatistics snapshot() {
    // Reading walks the buckets, which must not move meanwhile: on a copy.
    AbstractHistogram still = firstByteMicros.copy();
    List<Bucket> buckets = new ArrayList<>();
    for (HistogramIterationValue value : still.recordedValues()) {
      long micros = still.lowestEquivalentValue(value.getValueIteratedTo());
      buckets.add(new Bucket(micros, value.getCountAddedInThisIterationStep()));
    }
    return new SideStatistics(answers.sum(), errors.sum(), new LatencyCounts(buckets));
  }
}
