package dev.banyan.proxy;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How many copies of one route one event loop has under way: more while answers come, half as many
 * after each failure, and a rest of its own when even single copies fail. A candidate that hangs,
 * resets or floods would otherwise cost the live side a new connection for every request.
 */
final class CandidatePace {
  private static final int MOST = 128;
  private static final long SHORTEST_REST = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long LONGEST_REST = TimeUnit.SECONDS.toNanos(1);

  private int allowed = MOST;
  private int underWay;
  private long rest;
  private long restsUntil;
  private long lastUsed;
  private boolean shunned;
  private long shunnedUntil;

  /** As many as go at the most are under way to a candidate that answers: one ends soon. */
  boolean isFull() {
    return underWay >= MOST && allowed == MOST;
  }

  /** Lets one copy go, or says why not. */
  @Nullable String enter(long now) {
    lastUsed = now;
    if (shunned && now - shunnedUntil < 0) {
      return "no-receipt";
    }
    shunned = false;
    if (rest > 0 && now - restsUntil < 0) {
      return "candidate-resting";
    }
    if (underWay >= allowed) {
      return "in-flight-full";
    }
    underWay++;
    return null;
  }

  /** None goes for a while, whatever is answered. */
  void shun(long now, long nanos) {
    shunnedUntil = now + nanos;
    shunned = true;
  }

  /** A copy is over. */
  void leave(boolean answered, long now) {
    underWay--;
    if (answered) {
      rest = 0;
      allowed = Math.min(MOST, allowed + 1);
    } else if (allowed > 1) {
      allowed /= 2;
    } else {
      rest = Math.clamp(2 * rest, SHORTEST_REST, LONGEST_REST);
      restsUntil = now + rest;
    }
  }

  boolean unusedSince(long moment) {
    return underWay == 0 && lastUsed - moment < 0;
  }
}
