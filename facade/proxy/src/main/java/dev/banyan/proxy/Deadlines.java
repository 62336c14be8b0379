package dev.banyan.proxy;

import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Ends what takes too long, on one event loop. One sweep for all is cheaper than a timer for each
 * request; it makes deadlines late by at most {@link #SWEEP_MILLIS}.
 */
final class Deadlines {
  static final long SWEEP_MILLIS = 50;
  static final long NEVER = Long.MAX_VALUE;

  /** Something with a deadline that may move. */
  interface Expiring {
    /** In {@link System#nanoTime()}, or {@link #NEVER}. */
    long deadline();

    void expired();
  }

  private final Set<Expiring> all = new HashSet<>();

  Deadlines(Vertx vertx) {
    vertx.setPeriodic(SWEEP_MILLIS, timer -> sweep());
  }

  void watch(Expiring expiring) {
    all.add(expiring);
  }

  void forget(Expiring expiring) {
    all.remove(expiring);
  }

  private void sweep() {
    if (all.isEmpty()) {
      return;
    }
    long now = System.nanoTime();
    List<Expiring> late = null;
    for (Expiring expiring : all) {
      if (expiring.deadline() != NEVER && expiring.deadline() - now < 0) {
        late = late == null ? new ArrayList<>() : late;
        late.add(expiring);
      }
    }
    if (late != null) {
      late.forEach(Expiring::expired);
    }
  }
}
