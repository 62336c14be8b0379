package dev.banyan.proxy.upstream;

import dev.banyan.rules.HealthPolicy;
import java.util.concurrent.atomic.AtomicInteger;

/** How one URL is, as its requests and its prober tell. For any thread. */
public final class EndpointHealth {
  private static final int MOST_DOUBLINGS = 20;

  private final int limit;
  private final long restNanos;
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicInteger badProbes = new AtomicInteger();
  private final AtomicInteger rests = new AtomicInteger();
  private volatile boolean resting;
  private volatile long restsUntil;
  private volatile boolean sick;

  EndpointHealth(HealthPolicy policy) {
    limit = policy.failures();
    restNanos = policy.rest().toNanos();
  }

  public boolean isWell(long now) {
    return !sick && !(resting && now - restsUntil < 0);
  }

  /** A request got an answer. */
  public void answered() {
    if (failures.get() != 0) {
      failures.set(0);
    }
    if (resting) {
      resting = false;
      rests.set(0);
    }
  }

  /** A request got none. */
  public void failed(long now) {
    if (failures.incrementAndGet() >= limit && isWell(now)) {
      failures.set(0);
      int before = Math.min(rests.getAndIncrement(), MOST_DOUBLINGS);
      long rest = Math.min(restNanos << before, HealthPolicy.LONGEST_REST.toNanos());
      restsUntil = now + Math.max(rest, restNanos);
      resting = true;
    }
  }

  /** A question of the prober was answered. */
  public void probed() {
    badProbes.set(0);
    sick = false;
  }

  /** A question of the prober was not answered, or not well. */
  public void probeFailed() {
    if (badProbes.incrementAndGet() >= limit) {
      sick = true;
    }
  }
}
