package dev.banyan.bench;

import dev.banyan.bench.Servers.Server;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Some routes of one facade, driven at one rate in turns and in rotated order, as other load on the
 * machine comes and goes; then medians over the rounds.
 */
final class Turns {
  private static final int CONNECTIONS = 32;

  private final Server facade;
  private final List<String> routes;
  private final double rate;
  private final Map<String, List<LoadResult>> results = new LinkedHashMap<>();
  private final Map<String, List<Double>> cpu = new LinkedHashMap<>();
  private long resident;

  /**
   * @param routes as their paths are called, without the slash; the first is what others are
   *     measured against
   */
  Turns(Server facade, List<String> routes, double rate) {
    this.facade = facade;
    this.routes = routes;
    this.rate = rate;
    routes.forEach(route -> results.put(route, new ArrayList<>()));
  }

  static HttpLoad load(Server facade, String route) {
    return new HttpLoad(facade.port(), "/" + route, CONNECTIONS);
  }

  void run(int rounds, Duration length) throws IOException {
    List<String> order = new ArrayList<>(routes);
    for (int round = 1; round <= rounds; round++) {
      System.err.println("banyan bench: round " + round + " of " + rounds);
      Collections.rotate(order, 1);
      for (String route : order) {
        double before = ProcessCpu.micros(facade.process().toHandle());
        LoadResult result = load(facade, route).paced(length, rate);
        double used = ProcessCpu.micros(facade.process().toHandle()) - before;
        results.computeIfAbsent(route, r -> new ArrayList<>()).add(result);
        cpu.computeIfAbsent(route, r -> new ArrayList<>()).add(used / result.requests());
        resident = Math.max(resident, ProcessCpu.residentBytes(facade.process().toHandle()));
      }
    }
  }

  List<LoadResult> of(String route) {
    return results.getOrDefault(route, List.of());
  }

  /** Of the facade, per request: what a request costs at this rate, copies and all. */
  double cpuMicros(String route) {
    return median(
        cpu.getOrDefault(route, List.of()).stream().mapToDouble(Double::doubleValue).toArray());
  }

  double p50Micros(String route) {
    return median(of(route).stream().mapToDouble(LoadResult::p50Micros).toArray());
  }

  double p99Micros(String route) {
    return median(of(route).stream().mapToDouble(LoadResult::p99Micros).toArray());
  }

  /**
   * A median, and the bounds that hold it in 95 of 100 runs: the order statistics about one root of
   * the count away from the middle.
   */
  record Ratio(double median, double low, double high) {
    static Ratio of(double[] values) {
      double[] sorted = values.clone();
      Arrays.sort(sorted);
      int n = sorted.length;
      int away = (int) Math.ceil(0.98 * Math.sqrt(n));
      return new Ratio(
          sorted[n / 2], sorted[Math.max(0, n / 2 - away)], sorted[Math.min(n - 1, n / 2 + away)]);
    }

    @Override
    public String toString() {
      return "%.2fx (%.2f to %.2f)".formatted(median, low, high);
    }
  }

  /** Against the route measured beside it, in each round. */
  Ratio p99Ratio(String route) {
    List<LoadResult> mine = of(route);
    List<LoadResult> first = of(routes.getFirst());
    double[] ratios = new double[mine.size()];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = mine.get(i).p99Micros() / first.get(i).p99Micros();
    }
    return Ratio.of(ratios);
  }

  long errors(String route) {
    return of(route).stream().mapToLong(LoadResult::errors).sum();
  }

  /** The largest resident memory of the facade, in bytes. */
  long resident() {
    return resident;
  }

  void printRounds() {
    for (String route : routes) {
      System.out.printf(
          "%-10s p99 us of each round:%s%n",
          route,
          of(route).stream()
              .map(r -> " %.0f".formatted(r.p99Micros()))
              .collect(Collectors.joining()));
    }
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values.length == 0 ? Double.NaN : values[values.length / 2];
  }
}
