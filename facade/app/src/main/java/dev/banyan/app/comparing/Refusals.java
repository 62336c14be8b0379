package dev.banyan.app.comparing;

import dev.banyan.proxy.RefusedRequest;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What went no further than the facade, since it started: by reason, and by route where a rule
 * refused. Both are few: reasons are words of a fixed list, routes those of the rule set.
 */
@Singleton
public class Refusals {
  private final Map<String, LongAdder> byReason = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> byRoute = new ConcurrentHashMap<>();

  void count(RefusedRequest refused) {
    byReason.computeIfAbsent(refused.reason(), r -> new LongAdder()).increment();
    String routeId = refused.routeId();
    if (routeId != null) {
      byRoute.computeIfAbsent(routeId, r -> new LongAdder()).increment();
    }
  }

  /** Requests that the route refused. */
  public long of(String routeId) {
    LongAdder count = byRoute.get(routeId);
    return count == null ? 0 : count.sum();
  }

  /** All that was refused, by the word of its reason. */
  public Map<String, Long> byReason() {
    Map<String, Long> counts = new TreeMap<>();
    byReason.forEach((reason, count) -> counts.put(reason, count.sum()));
    return counts;
  }
}
