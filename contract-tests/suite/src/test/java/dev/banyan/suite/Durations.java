package dev.banyan.suite;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How long things took, in milliseconds; for any thread. */
final class Durations {
  private final List<Long> millis = new ArrayList<>();

  synchronized void add(long took) {
    millis.add(took);
  }

  synchronized long max() {
    return millis.isEmpty() ? 0 : Collections.max(millis);
  }

  @Override
  public synchronized String toString() {
    if (millis.isEmpty()) {
      return "none";
    }
    List<Long> sorted = new ArrayList<>(millis);
    Collections.sort(sorted);
    return "%d: p50 %d, p95 %d, p99 %d, max %d ms"
        .formatted(
            sorted.size(), at(sorted, 0.50), at(sorted, 0.95), at(sorted, 0.99), sorted.getLast());
  }

  private static long at(List<Long> sorted, double share) {
    return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
  }
}
