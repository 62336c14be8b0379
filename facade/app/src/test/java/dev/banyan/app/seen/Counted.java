package dev.banyan.app.seen;

import java.time.InstantSource;
import java.util.Map;

/** Counters for tests of those who count, and what they show. */
public final class Counted {
  private Counted() {}

  public static TrafficCounters counters(InstantSource clock) {
    return new TrafficCounters(new MirroredWrites(clock));
  }

  /** Copies that were not compared, by reason. */
  public static Map<String, Long> skipped(TrafficCounters traffic, String routeId) {
    RouteCounters counted = traffic.find(routeId);
    return counted == null ? Map.of() : counted.skippedCounts();
  }

  /** Compared pairs, by outcome. */
  public static Map<String, Long> compared(TrafficCounters traffic, String routeId) {
    RouteCounters counted = traffic.find(routeId);
    return counted == null ? Map.of() : counted.comparedCounts();
  }
}
