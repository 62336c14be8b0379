package dev.banyan.migration;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts by shape, for many threads. At most {@link #DISTINCT} shapes are told apart; what comes
 * later is rare, and counted together as {@link ReasonCounts#OTHER}.
 */
final class ShapeCounts {
  static final int DISTINCT = 64;

  private static final class Counter {
    private final LongAdder traffic = new LongAdder();
    private final LongAdder compared = new LongAdder();
  }

  private final ConcurrentMap<String, Counter> counters = new ConcurrentHashMap<>();

  void traffic(List<String> shapes) {
    for (String shape : shapes) {
      counter(shape).traffic.increment();
    }
  }

  void compared(List<String> shapes) {
    for (String shape : shapes) {
      counter(shape).compared.increment();
    }
  }

  private Counter counter(String shape) {
    Counter known = counters.get(shape);
    return known != null ? known : admit(shape);
  }

  /** Checked and added in one, or two threads would both take the last place. */
  private synchronized Counter admit(String shape) {
    boolean full = counters.size() >= DISTINCT && !counters.containsKey(shape);
    return counters.computeIfAbsent(full ? ReasonCounts.OTHER : shape, unseen -> new Counter());
  }

  Map<String, ShapeCount> snapshot() {
    Map<String, ShapeCount> snapshot = HashMap.newHashMap(counters.size());
    counters.forEach(
        (shape, counter) ->
            snapshot.put(shape, new ShapeCount(counter.traffic.sum(), counter.compared.sum())));
    return snapshot;
  }
}
