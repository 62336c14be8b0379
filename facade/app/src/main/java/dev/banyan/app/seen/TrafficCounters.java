package dev.banyan.app.seen;

import dev.banyan.parity.Comparison;
import dev.banyan.proxy.MirroredWrite;
import dev.banyan.proxy.ServedExchange;
import dev.banyan.proxy.ShadowedExchange;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * What the data plane did, by route. Written by event loops: one look-up and a few atomic additions
 * for a request, no meter registry.
 */
@Singleton
public class TrafficCounters {
  private final ConcurrentMap<String, RouteCounters> routes = new ConcurrentHashMap<>();
  private final MirroredWrites writes;

  TrafficCounters(MirroredWrites writes) {
    this.writes = writes;
  }

  public void served(ServedExchange exchange) {
    of(exchange.decision().route().id()).served(exchange);
  }

  public void shadowed(ShadowedExchange exchange) {
    RouteCounters counters = of(exchange.decision().route().id());
    switch (exchange) {
      case ShadowedExchange.Skipped skipped -> counters.skipped(skipped.reason());
      case ShadowedExchange.Pair pair -> counters.copied(pair.candidate());
    }
  }

  public void written(MirroredWrite write) {
    writes.written(write);
  }

  /** A copy that was answered and is not compared. */
  public void skipped(String routeId, String reason) {
    of(routeId).skipped(reason);
  }

  public void compared(String routeId, Comparison comparison) {
    of(routeId).compared(comparison);
  }

  /** The counters of a route; null where nothing was counted yet. */
  @Nullable RouteCounters find(String routeId) {
    return routes.get(routeId);
  }

  Map<MirroredWrites.Kind, Long> writtenCounts(String routeId) {
    return writes.counts(routeId);
  }

  /** Lets those go that the rules no longer have. */
  void keepOnly(Set<String> routeIds) {
    routes.keySet().retainAll(routeIds);
    writes.keepOnly(routeIds);
  }

  private RouteCounters of(String routeId) {
    RouteCounters known = routes.get(routeId);
    return known != null ? known : routes.computeIfAbsent(routeId, unseen -> new RouteCounters());
  }
}
