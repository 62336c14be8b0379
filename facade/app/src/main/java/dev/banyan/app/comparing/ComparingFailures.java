package dev.banyan.app.comparing;

import dev.banyan.app.privacy.Silenced;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Tells of what could not be looked at: of each route once a minute at the most, and then of how
 * many there were, so that a pair that fails each time does not fill the log. For one thread.
 */
final class ComparingFailures {
  private static final Logger LOG = System.getLogger(ComparingFailures.class.getName());
  private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** Beyond, all routes begin anew: rules come and go, and nobody tells of it here. */
  private static final int MOST_ROUTES = 1000;

  private final LongSupplier nanos;
  private final Map<String, Untold> byRoute = new HashMap<>();

  private static final class Untold {
    private long next;
    private long count;
  }

  /**
   * @param nanos a clock like {@link System#nanoTime}
   */
  ComparingFailures(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /**
   * Tells, if the route's turn has come.
   *
   * @param what is lost by it
   */
  void tell(String what, String routeId, Throwable failure) {
    long now = nanos.getAsLong();
    if (byRoute.size() >= MOST_ROUTES && !byRoute.containsKey(routeId)) {
      byRoute.clear();
    }
    Untold untold = byRoute.get(routeId);
    if (untold == null) {
      untold = new Untold();
      untold.next = now;
      byRoute.put(routeId, untold);
    }
    untold.count++;
    if (now - untold.next < 0) {
      return;
    }
    LOG.log(
        Level.ERROR,
        what + ": routeId=" + routeId + " failures=" + untold.count,
        Silenced.of(failure));
    untold.count = 0;
    untold.next = now + PAUSE_NANOS;
  }
}
