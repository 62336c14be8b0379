package dev.banyan.app.seen;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts by key, for many threads. At most {@link #DISTINCT} keys are told apart, the later ones
 * count as {@code other}: no label set grows without bound.
 */
final class Tally<K> {
  private static final int DISTINCT = 256;

  private final ConcurrentMap<K, LongAdder> counts = new ConcurrentHashMap<>();
  private final K other;

  Tally(K other) {
    this.other = other;
  }

  void count(K key) {
    LongAdder known = counts.get(key);
    (known != null ? known : admit(key)).increment();
  }

  private synchronized LongAdder admit(K key) {
    boolean full = counts.size() >= DISTINCT && !counts.containsKey(key);
    return counts.computeIfAbsent(full ? other : key, unseen -> new LongAdder());
  }

  Map<K, Long> snapshot() {
    Map<K, Long> seen = new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
    counts.forEach((key, count) -> seen.put(key, count.sum()));
    return seen;
  }
}
