package dev.banyan.proxy;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** How many requests are on their way, over all event loops. */
final class RunningRequests {
  static final long LOOK_NANOS = 10_000_000;

  private final AtomicInteger running = new AtomicInteger();
  private volatile boolean closing;

  void begin() {
    running.incrementAndGet();
  }

  void end() {
    running.decrementAndGet();
  }

  int count() {
    return running.get();
  }

  /** Whether connections are to be given up after their answer. */
  boolean closing() {
    return closing;
  }

  void close() {
    closing = true;
  }

  /** Lets what is running end, for a while; called by who closes, never on an event loop. */
  void drain(long nanos) {
    long until = System.nanoTime() + nanos;
    while (running.get() > 0 && System.nanoTime() < until) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }
}
