package dev.banyan.proxy.edge;

import dev.banyan.rules.RateLimit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The buckets of all routes that have a rate limit, by route and by who shares one. A changed rule
 * begins with full buckets. There are never more than so many: whoever comes when all are in use
 * shares one with everybody else who does.
 */
public final class RateLimiter {
  private static final int MOST_KEYS = 10_000;
  private static final int LONGEST_KEY = 256;
  private static final long SWEEP_NANOS = 1_000_000_000;

  private record Buckets(
      RateLimit limit, Map<String, TokenBucket> byKey, TokenBucket others, AtomicLong swept) {}

  private final Map<String, Buckets> byRoute = new ConcurrentHashMap<>();

  /**
   * Lets one request through, or says how long the next will have to wait.
   *
   * @param key who asks, the same for all where the route has one bucket
   * @return 0, or nanoseconds
   */
  public long take(String routeId, RateLimit limit, String key, long now) {
    Buckets buckets = byRoute.get(routeId);
    if (buckets == null || !buckets.limit().equals(limit)) {
      buckets = byRoute.compute(routeId, (id, old) -> current(old, limit, now));
    }
    return bucket(buckets, key, now).take(now, limit.nanosPerRequest(), limit.burst());
  }

  private static Buckets current(@Nullable Buckets old, RateLimit limit, long now) {
    return old != null && old.limit().equals(limit)
        ? old
        : new Buckets(limit, new ConcurrentHashMap<>(), new TokenBucket(now), new AtomicLong(now));
  }

  private static TokenBucket bucket(Buckets buckets, String key, long now) {
    TokenBucket known = buckets.byKey().get(key);
    if (known != null) {
      return known;
    }
    if (key.length() > LONGEST_KEY || isFull(buckets, now)) {
      return buckets.others();
    }
    return buckets.byKey().computeIfAbsent(key, k -> new TokenBucket(now));
  }

  private static boolean isFull(Buckets buckets, long now) {
    if (buckets.byKey().size() < MOST_KEYS) {
      return false;
    }
    long swept = buckets.swept().get();
    if (now - swept > SWEEP_NANOS && buckets.swept().compareAndSet(swept, now)) {
      // A full bucket says no more than none.
      buckets.byKey().values().removeIf(bucket -> bucket.isFull(now));
    }
    return buckets.byKey().size() >= MOST_KEYS;
  }

  /** Buckets of a route. */
  int keys(String routeId) {
    Buckets buckets = byRoute.get(routeId);
    return buckets == null ? 0 : buckets.byKey().size();
  }
}
