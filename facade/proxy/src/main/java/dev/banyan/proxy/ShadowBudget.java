package dev.banyan.proxy;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** How much of the process copies may use, over all event loops. */
final class ShadowBudget {
  static final int MAX_WRITES = 4096;

  private final int maxInFlight;
  private final long maxBytes;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicInteger writes = new AtomicInteger();
  private final RepeatRates repeats = new RepeatRates();

  ShadowBudget(int maxInFlight, long maxBytes) {
    this.maxInFlight = maxInFlight;
    this.maxBytes = maxBytes;
  }

  boolean enter() {
    if (inFlight.incrementAndGet() > maxInFlight) {
      inFlight.decrementAndGet();
      return false;
    }
    return true;
  }

  void leave() {
    inFlight.decrementAndGet();
  }

  /** One more write is kept until it has arrived. */
  boolean keepWrite() {
    if (writes.incrementAndGet() > MAX_WRITES) {
      writes.decrementAndGet();
      return false;
    }
    return true;
  }

  void writeEnded() {
    writes.decrementAndGet();
  }

  /** Writes that have not arrived yet. */
  int writes() {
    return writes.get();
  }

  RepeatRates repeats() {
    return repeats;
  }

  boolean hold(int count) {
    if (bytes.addAndGet(count) > maxBytes) {
      bytes.addAndGet(-count);
      return false;
    }
    return true;
  }

  void release(long count) {
    bytes.addAndGet(-count);
  }

  int inFlight() {
    return inFlight.get();
  }

  long bytes() {
    return bytes.get();
  }
}
