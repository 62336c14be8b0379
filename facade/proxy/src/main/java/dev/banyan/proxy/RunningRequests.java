package dev.banyan.proxy;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** How many requests are on their way and how many tunnels are open, over all event loops. */
final class RunningRequests {
  static final long LOOK_NANOS = 10_000_000;

  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger tunnels = new AtomicInteger();
  private volatile boolean closing;

  void begin() {
    running.incrementAndGet();
  }

  void end() {
    running.decrementAndGet();
  }

  /** An Upgrade was agreed to: from now on bytes go both ways. */
  void tunnelOpened() {
    tunnels.incrementAndGet();
  }

  void tunnelClosed() {
    tunnels.decrementAndGet();
  }

  /** Requests; tunnels are none any more. */
  int count() {
    return running.get();
  }

  /** Requests and tunnels. */
  int left() {
    return running.get() + tunnels.get();
  }

  /** Whether connections are to be given up after their answer. */
  boolean closing() {
    return closing;
  }

  void close() {
    closing = true;
  }

  /** Lets requests and tunnels end, for a while; called by who closes, never on an event loop. */
  void drain(long nanos) {
    long until = System.nanoTime() + nanos;
    while (left() > 0 && System.nanoTime() < until) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }
}
