package dev.banyan.proxy.edge;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A bucket of tokens as one number: the time at which it will be full again (the generic cell rate
 * algorithm). Shared by all event loops without a lock.
 */
final class TokenBucket {
  private final AtomicLong fullAt;

  TokenBucket(long now) {
    fullAt = new AtomicLong(now);
  }

  /**
   * Takes a token; else says how long there will be none.
   *
   * @return 0 where it was taken, nanoseconds to wait where not
   */
  long take(long now, long nanosPerToken, int burst) {
    long holds = nanosPerToken * burst;
    while (true) {
      long before = fullAt.get();
      long after = (before - now > 0 ? before : now) + nanosPerToken;
      long wait = after - now - holds;
      if (wait > 0) {
        return wait;
      }
      if (fullAt.compareAndSet(before, after)) {
        return 0;
      }
    }
  }

  boolean isFull(long now) {
    return fullAt.get() - now <= 0;
  }
}
