package dev.banyan.app.offline;

import dev.banyan.parity.Comparison;
import dev.banyan.parity.Observation;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** What a replay came to, by route. Safe for many threads. */
final class ReplayTally {
  /** Where no rules say which route a request takes. */
  static final String ALL = "all requests";

  private final Map<String, OfRoute> routes = new TreeMap<>();
  private final Map<String, Long> skipped = new TreeMap<>();
  private long sent;
  private long mismatched;

  /** One route's. */
  static final class OfRoute {
    final Tally tally = new Tally();
    private final Durations control = new Durations();
    private final Durations candidate = new Durations();

    /** Milliseconds; empty where nothing was answered. */
    OptionalDouble controlP95() {
      return control.p95();
    }

    OptionalDouble candidateP95() {
      return candidate.p95();
    }
  }

  /** Of whole answers. */
  private static final class Durations {
    private final Histogram nanos = new Histogram(3);

    void add(Observation observation) {
      if (observation instanceof Observation.Answered answered) {
        nanos.recordValue(answered.duration().toNanos());
      }
    }

    OptionalDouble p95() {
      return nanos.getTotalCount() == 0
          ? OptionalDouble.empty()
          : OptionalDouble.of(nanos.getValueAtPercentile(95) / 1e6);
    }
  }

  synchronized void add(
      String routeId,
      String title,
      Observation control,
      Observation candidate,
      Comparison comparison) {
    OfRoute route = routes.computeIfAbsent(routeId, any -> new OfRoute());
    route.control.add(control);
    route.candidate.add(candidate);
    route.tally.add(title, comparison);
    sent++;
    mismatched += comparison instanceof Comparison.Mismatch ? 1 : 0;
  }

  synchronized void skip(String reason) {
    skipped.merge(reason, 1L, Long::sum);
  }

  synchronized String progress(int of) {
    return sent + " of " + of + " sent to both, " + mismatched + " mismatched";
  }

  /** By route id. Only once nothing is under way any more. */
  Map<String, OfRoute> routes() {
    return routes;
  }

  /** Exchanges that were not sent, by reason. */
  Map<String, Long> skipped() {
    return skipped;
  }

  /** Whether something was sent and all of it is equal or tolerated. */
  boolean holds() {
    return !routes.isEmpty() && routes.values().stream().allMatch(one -> one.tally.holds());
  }
}
