package dev.banyan.migration;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts by reason, for many threads. At most {@link #DISTINCT} reasons are told apart; the ones
 * that come later are counted as {@link #OTHER}, so that a reason made from foreign text cannot
 * fill the memory.
 */
final class ReasonCounts {
  static final int DISTINCT = 32;
  static final String OTHER = "other";

  private final ConcurrentMap<String, LongAdder> counts = new ConcurrentHashMap<>();

  void count(String reason) {
    LongAdder known = counts.get(reason);
    (known != null ? known : admit(reason)).increment();
  }

  /** Checked and added in one, or two threads would both take the last place. */
  private synchronized LongAdder admit(String reason) {
    boolean full = counts.size() >= DISTINCT && !counts.containsKey(reason);
    return counts.computeIfAbsent(full ? OTHER : reason, unseen -> new LongAdder());
  }

  Map<String, Long> snapshot() {
    Map<String, Long> snapshot = HashMap.newHashMap(counts.size());
    counts.forEach((reason, count) -> snapshot.put(reason, count.sum()));
    return snapshot;
  }
}
