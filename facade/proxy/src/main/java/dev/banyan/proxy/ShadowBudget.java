package dev.banyan.proxy;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Bounds what copies may hold at a time, over all event loops: how many, and how many bytes. */
final class ShadowBudget {
  private final int maxInFlight;
  private final long maxBytes;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();

  ShadowBudget(int maxInFlight, long maxBytes) {
    this.maxInFlight = maxInFlight;
    this.maxBytes = maxBytes;
  }

  /** Takes a place; false if all are taken. */
  boolean enter() {
    if (inFlight.incrementAndGet() > maxInFlight) {
      inFlight.decrementAndGet();
      return false;
    }
    return true;
  }

  /** Takes bytes; false if there are not enough left. */
  boolean hold(long count) {
    if (bytes.addAndGet(count) > maxBytes) {
      bytes.addAndGet(-count);
      return false;
    }
    return true;
  }

  void leave(long heldBytes) {
    bytes.addAndGet(-heldBytes);
    inFlight.decrementAndGet();
  }

  int inFlight() {
    return inFlight.get();
  }
}
