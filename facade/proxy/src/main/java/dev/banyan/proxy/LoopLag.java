package dev.banyan.proxy;

import java.util.concurrent.TimeUnit;

/** How late an event loop comes to what was due; written by it, read by others. */
final class LoopLag {
  private static final long SLOT_NANOS = TimeUnit.SECONDS.toNanos(10);

  private volatile long tickedAt = System.nanoTime();
  private volatile long worst;
  private volatile long before;
  private long slotBegan = tickedAt;

  /** Called at each tick of the loop. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // the loop is the only writer
  void tick(long now) {
    long late = now - tickedAt - TimeUnit.MILLISECONDS.toNanos(Deadlines.TICK_MILLIS);
    tickedAt = now;
    if (now - slotBegan > SLOT_NANOS) {
      slotBegan = now;
      before = worst;
      worst = 0;
    }
    if (late > worst) {
      worst = late;
    }
  }

  /** The longest within this slot and the one before, or what it is late by now. */
  long worstNanos(long now) {
    long overdue = now - tickedAt - TimeUnit.MILLISECONDS.toNanos(Deadlines.TICK_MILLIS);
    return Math.max(Math.max(worst, before), Math.max(0, overdue));
  }
}
