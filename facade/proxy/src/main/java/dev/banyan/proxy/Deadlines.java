package dev.banyan.proxy;

import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;

/**
 * What is waiting on one event loop. One periodic look at all of it is cheaper than a timer for
 * each request, nearly all of which would be cancelled.
 */
final class Deadlines {
  static final long TICK_MILLIS = 50;

  /** Something that may have waited too long. */
  interface Waiting {
    void check(long nanoTime);

    /** Whether it is a request of this connection that waits, and an upstream it waits for. */
    default boolean awaitsUpstreamFor(Channel channel) {
      return false;
    }
  }

  private final Set<Waiting> waiting = new HashSet<>();

  void add(Waiting one) {
    waiting.add(one);
  }

  void remove(Waiting one) {
    waiting.remove(one);
  }

  int size() {
    return waiting.size();
  }

  boolean awaitUpstreamFor(Channel channel) {
    for (Waiting one : waiting) {
      if (one.awaitsUpstreamFor(channel)) {
        return true;
      }
    }
    return false;
  }

  void tick() {
    if (waiting.isEmpty()) {
      return;
    }
    long now = System.nanoTime();
    // A copy: who has waited too long removes itself.
    for (Waiting one : new ArrayList<>(waiting)) {
      one.check(now);
    }
  }
}
