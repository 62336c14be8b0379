package dev.banyan.app.seen;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * So many lines a second and no more; the others are counted. Asked by any thread, without a lock.
 */
final class LineBudget {
  private static final int COUNT_BITS = 20;
  private static final long COUNT_MASK = (1L << COUNT_BITS) - 1;

  private final int perSecond;
  private final AtomicLong secondAndCount = new AtomicLong();
  private final LongAdder suppressed = new LongAdder();

  LineBudget(int perSecond) {
    this.perSecond = perSecond;
  }

  /** Whether one more line may be written. */
  boolean take(long nanoTime) {
    long second = Math.floorDiv(nanoTime, TimeUnit.SECONDS.toNanos(1));
    while (true) {
      long was = secondAndCount.get();
      long count = was >> COUNT_BITS == second ? was & COUNT_MASK : 0;
      if (count >= perSecond) {
        suppressed.increment();
        return false;
      }
      if (secondAndCount.compareAndSet(was, second << COUNT_BITS | (count + 1))) {
        return true;
      }
    }
  }

  /** How many were not written since this was asked last. */
  long takeSuppressed() {
    return suppressed.sumThenReset();
  }
}
