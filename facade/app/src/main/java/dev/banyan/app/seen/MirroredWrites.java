package dev.banyan.app.seen;

import dev.banyan.proxy.MirroredWrite;
import dev.banyan.proxy.MirroredWrite.Outcome;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * What became of the writes that the migrated side carries out after legacy, in this process since
 * its start. Those that did not arrive are kept one by one, the latest of each route, as somebody
 * has to look after them.
 */
@Singleton
public class MirroredWrites {
  private static final int KEPT = 100;

  private final InstantSource clock;
  private final ConcurrentMap<String, OfRoute> routes = new ConcurrentHashMap<>();

  /** What is told apart in the counts. */
  public record Kind(String outcome, String reason) {}

  /**
   * A write that did not arrive.
   *
   * @param key the Idempotency-Key it was sent with; null where it was not sent
   */
  public record Missing(
      Instant at, String method, String outcome, String reason, int tries, @Nullable String key) {}

  private static final class OfRoute {
    private final Tally<Kind> counts = new Tally<>(new Kind("other", "other"));
    private final Deque<Missing> missing = new ArrayDeque<>();

    /** A few words under a lock that readers hold as briefly. */
    synchronized void keep(Missing one) {
      if (missing.size() == KEPT) {
        missing.removeLast();
      }
      missing.addFirst(one);
    }

    synchronized List<Missing> latest() {
      return new ArrayList<>(missing);
    }
  }

  MirroredWrites(InstantSource clock) {
    this.clock = clock;
  }

  /** Called on event loops. */
  public void written(MirroredWrite write) {
    OfRoute route = routes.computeIfAbsent(write.decision().route().id(), unseen -> new OfRoute());
    String outcome = write.outcome().word();
    route.counts.count(new Kind(outcome, write.reason()));
    if (write.outcome() != Outcome.ARRIVED) {
      route.keep(
          new Missing(
              clock.instant(),
              write.method(),
              outcome,
              write.reason(),
              write.tries(),
              write.key()));
    }
  }

  /** Counts by what became of them. */
  public Map<Kind, Long> counts(String routeId) {
    OfRoute route = routes.get(routeId);
    return route == null ? Map.of() : route.counts.snapshot();
  }

  /** Those that did not arrive, the latest first, a hundred at the most. */
  public List<Missing> missing(String routeId) {
    OfRoute route = routes.get(routeId);
    return route == null ? List.of() : route.latest();
  }

  void keepOnly(Set<String> routeIds) {
    routes.keySet().retainAll(routeIds);
  }
}
