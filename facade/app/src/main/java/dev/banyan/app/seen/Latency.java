package dev.banyan.app.seen;

import java.util.concurrent.atomic.LongAdder;

/** A histogram with the bounds that service levels are written in; for many threads. */
final class Latency {
  static final double[] BOUNDS_SECONDS = {
    0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10, 30
  };
  private static final long[] BOUNDS_NANOS = nanos();

  private final LongAdder[] buckets = new LongAdder[BOUNDS_NANOS.length + 1];
  private final LongAdder sumNanos = new LongAdder();

  Latency() {
    for (int i = 0; i < buckets.length; i++) {
      buckets[i] = new LongAdder();
    }
  }

  private static long[] nanos() {
    long[] nanos = new long[BOUNDS_SECONDS.length];
    for (int i = 0; i < nanos.length; i++) {
      nanos[i] = Math.round(BOUNDS_SECONDS[i] * 1e9);
    }
    return nanos;
  }

  void record(long nanos) {
    int bucket = 0;
    while (bucket < BOUNDS_NANOS.length && nanos > BOUNDS_NANOS[bucket]) {
      bucket++;
    }
    buckets[bucket].increment();
    sumNanos.add(nanos);
  }

  /** Answers up to each bound, and all of them last. */
  long[] cumulative() {
    long[] upTo = new long[buckets.length];
    long sum = 0;
    for (int i = 0; i < upTo.length; i++) {
      sum += buckets[i].sum();
      upTo[i] = sum;
    }
    return upTo;
  }

  double sumSeconds() {
    return sumNanos.sum() / 1e9;
  }
}
