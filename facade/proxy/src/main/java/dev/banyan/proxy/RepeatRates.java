package dev.banyan.proxy;

import dev.banyan.rules.NoisePolicy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Holds repeats to their rate, over all event loops: one at a time, and the next when its time has
 * come. Nothing is saved up, so that a quiet hour is not followed by a burst.
 */
final class RepeatRates {
  private static final int MOST_ROUTES = 10_000;

  private final Map<String, AtomicLong> nextAt = new ConcurrentHashMap<>();

  boolean take(String routeId, NoisePolicy policy, long now) {
    AtomicLong next = nextAt.get(routeId);
    if (next == null) {
      if (nextAt.size() >= MOST_ROUTES) {
        // Routes that rules no longer name; the others begin anew.
        nextAt.clear();
      }
      next = nextAt.computeIfAbsent(routeId, id -> new AtomicLong(now));
    }
    long due = next.get();
    return now - due >= 0 && next.compareAndSet(due, now + policy.nanosPerRequest());
  }
}
