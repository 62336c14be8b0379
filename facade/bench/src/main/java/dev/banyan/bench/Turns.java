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
import java.util.Random;

/**
 * Some routes of one facade, driven at one rate in short turns: each round has a slice of every
 * route, in an order drawn anew, so that what else happens on the machine happens to all of them
 * alike. Figures are medians over the rounds, which a slice that the machine stood still in does
 * not move.
 */
final class Turns {
  /** Of one route in one round. */
  static final Duration SLICE = Duration.ofMillis(500);

  /** What the slice before left to be done is not this one's. */
  private static final Duration SETTLING = Duration.ofMillis(30);

  private static final int CONNECTIONS = 32;
  private static final int ROUNDS_TOLD = 50;
  private static final int WARM_UP_ROUNDS = 20;

  private final Server facade;
  private final List<String> routes;
  private final double rate;
  private final Map<String, List<LoadResult>> results = new LinkedHashMap<>();
  private final Map<String, Double> cpu = new LinkedHashMap<>();
  private final Random random = new Random(42);
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

  /** After some rounds that do not count, for compilers to see routes taking turns. */
  void run(int rounds) throws IOException {
    List<String> order = new ArrayList<>(routes);
    try (LoadConnections load = new LoadConnections(facade.port(), CONNECTIONS)) {
      for (int round = 1 - WARM_UP_ROUNDS; round <= rounds; round++) {
        if (round % ROUNDS_TOLD == 1) {
          System.err.println("banyan bench: round " + round + " of " + rounds);
        }
        Collections.shuffle(order, random);
        for (String route : order) {
          double before = ProcessCpu.micros(facade.process().toHandle());
          LoadResult result = load.paced("/" + route, SLICE, rate, SETTLING);
          double used = ProcessCpu.micros(facade.process().toHandle()) - before;
          if (round > 0) {
            of(route).add(result);
            cpu.merge(route, used, Double::sum);
          }
        }
        resident = Math.max(resident, ProcessCpu.residentBytes(facade.process().toHandle()));
      }
    }
  }

  private List<LoadResult> of(String route) {
    return results.getOrDefault(route, List.of());
  }

  /** Of the facade, per request: what a request costs at this rate, copies and all. */
  double cpuMicros(String route) {
    return cpu.getOrDefault(route, 0.0) / of(route).stream().mapToLong(LoadResult::requests).sum();
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

  /** Against the first route, in each round. */
  Ratio p99Ratio(String route) {
    List<LoadResult> mine = of(route);
    List<LoadResult> first = of(routes.getFirst());
    double[] ratios = new double[mine.size()];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = mine.get(i).p99Micros() / first.get(i).p99Micros();
    }
    return Ratio.of(ratios);
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values.length == 0 ? Double.NaN : values[values.length / 2];
  }

  long errors(String route) {
    return of(route).stream().mapToLong(LoadResult::errors).sum();
  }

  /** The largest resident memory of the facade, in bytes. */
  long resident() {
    return resident;
  }
}
