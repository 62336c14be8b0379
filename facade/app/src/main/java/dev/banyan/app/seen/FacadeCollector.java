package dev.banyan.app.seen;

import dev.banyan.app.seen.RouteCounters.Served;
import dev.banyan.migration.TableKeeper;
import dev.banyan.rules.Route;
import dev.banyan.rules.Side;
import io.prometheus.client.Collector;
import io.prometheus.client.CollectorRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Shows the counters to Prometheus when it asks: by route of the present rules, so that the label
 * set is bounded by them. Stands in Micrometer's registry beside the meters of the JVM.
 */
@Singleton
public class FacadeCollector extends Collector {
  private final CollectorRegistry registry;
  private final TrafficCounters traffic;
  private final TableKeeper tables;
  private final Budgets budgets;
  private final ProcessFacts process;
  private final EdgeFacts edge;

  FacadeCollector(
      CollectorRegistry registry,
      TrafficCounters traffic,
      TableKeeper tables,
      Budgets budgets,
      ProcessFacts process,
      EdgeFacts edge) {
    this.registry = registry;
    this.traffic = traffic;
    this.tables = tables;
    this.budgets = budgets;
    this.process = process;
    this.edge = edge;
  }

  void start(@Observes StartupEvent event) {
    registry.register(this);
  }

  void stop(@Observes ShutdownEvent event) {
    registry.unregister(this);
  }

  @Override
  public List<MetricFamilySamples> collect() {
    Families families = new Families();
    for (Route route : tables.get().rules().routes()) {
      writes(families, route.id());
      RouteCounters counted = traffic.find(route.id());
      if (counted != null) {
        route(families, route.id(), counted);
      }
    }
    budgets.all().forEach((route, burns) -> burns(families, route, burns));
    process.into(families);
    edge.into(families);
    return families.all();
  }

  private static void route(Families to, String route, RouteCounters counted) {
    Family requests =
        to.counter(
            "banyan_requests",
            "Requests by what the client got, and from which side.",
            "route",
            "side",
            "stage",
            "status",
            "failure");
    for (Map.Entry<Served, Long> entry : counted.servedCounts().entrySet()) {
      Served served = entry.getKey();
      requests.add(
          entry.getValue(),
          route,
          served.side(),
          served.stage(),
          served.status(),
          served.failure());
    }
    byReason(
        to.counter(
            "banyan_fallbacks",
            "Requests that legacy answered as the migrated side gave no byte, by its failure.",
            "route",
            "failure"),
        route,
        counted.fallbackCounts());
    to.counter("banyan_retries", "Times that a request was sent again where it was.", "route")
        .add((double) counted.retries(), route);
    counted.durations().forEach((side, latency) -> durations(to, route, side, latency));
    byReason(
        to.counter("banyan_shadow_copies", "Copies by what the candidate did.", "route", "outcome"),
        route,
        counted.copiedCounts());
    byReason(
        to.counter("banyan_shadow_skipped", "Copies not sent, or not compared.", "route", "reason"),
        route,
        counted.skippedCounts());
    byReason(
        to.counter("banyan_comparisons", "Compared pairs.", "route", "outcome"),
        route,
        counted.comparedCounts());
  }

  private void writes(Families to, String route) {
    Family family =
        to.counter(
            "banyan_mirrored_writes",
            "Writes for the migrated side after legacy, by what became of them.",
            "route",
            "outcome",
            "reason");
    traffic
        .writtenCounts(route)
        .forEach((kind, count) -> family.add(count, route, kind.outcome(), kind.reason()));
  }

  private static void byReason(Family family, String route, Map<String, Long> counts) {
    counts.forEach((reason, count) -> family.add(count, route, reason));
  }

  private static void durations(Families to, String route, Side side, Latency latency) {
    long[] upTo = latency.cumulative();
    long all = upTo[upTo.length - 1];
    if (all == 0) {
      return;
    }
    Family family =
        to.histogram(
            "banyan_request_duration_seconds",
            "From the request sent to the end of the answer, or to the failure, all attempts in it.",
            "route",
            "side");
    String word = Labels.of(side);
    for (int i = 0; i < upTo.length; i++) {
      double bound =
          i < Latency.BOUNDS_SECONDS.length ? Latency.BOUNDS_SECONDS[i] : Double.POSITIVE_INFINITY;
      family.bucket(bound, upTo[i], route, word);
    }
    family.countAndSum(all, latency.sumSeconds(), route, word);
  }

  private static void burns(Families to, String route, List<Budgets.Burn> burns) {
    Family rates =
        to.gauge(
            "banyan_slo_burn_rate",
            "How fast a route uses up its budget; 1 is exactly the budget.",
            "route",
            "objective",
            "window");
    Family allowed =
        to.gauge(
            "banyan_slo_budget_ratio",
            "Share of the requests that may be bad.",
            "route",
            "objective");
    for (Budgets.Burn burn : new ArrayList<>(burns)) {
      rates.add(burn.rate(), route, burn.objective(), burn.window());
      if (burn.window().equals("5m")) {
        allowed.add(burn.allowed(), route, burn.objective());
      }
    }
  }
}
