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
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Some routes of one facade, driven at one rate in short turns: each round has a slice of every
 * route, in an order drawn anew, so that what else happens on the machine happens to all of them
 * alike. Figures are medians over the slices that the machine had to itself: one whose cores were
 * lent to others for longer than {@link #CALM_MILLIS} tells of those others.
 */
final class Turns {
  /** Of one route in one round. */
  static final Duration SLICE = Duration.ofMillis(500);

  /** What the slice before left to be done is not this one's. */
  private static final Duration SETTLING = Duration.ofMillis(30);

  private static final int CONNECTIONS = 32;
  private static final int ROUNDS_TOLD = 50;
  private static final int WARM_UP_ROUNDS = 20;

  /** The most that may be {@link Stolen} of a slice; the system counts in steps of ten. */
  private static final int CALM_MILLIS = 10;

  /** Rounds for each one that is wanted, on a machine that is never calm. */
  private static final int PATIENCE = 3;

  /** Fewer pairs than this say nothing. */
  private static final int LEAST_PAIRS = 30;

  private final Server facade;
  private final List<String> routes;
  private final double rate;
  private final Map<String, List<Slice>> slices = new LinkedHashMap<>();
  private final Random random = new Random(42);
  private long resident;

  private record Slice(LoadResult result, double cpuMicros, boolean calm) {}

  /**
   * @param routes as their paths are called, without the slash; the first is what others are
   *     measured against
   */
  Turns(Server facade, List<String> routes, double rate) {
    this.facade = facade;
    this.routes = routes;
    this.rate = rate;
    routes.forEach(route -> slices.put(route, new ArrayList<>()));
  }

  static HttpLoad load(Server facade, String route) {
    return new HttpLoad(facade.port(), "/" + route, CONNECTIONS);
  }

  /**
   * After some rounds that do not count, for compilers to see routes taking turns.
   *
   * @param wanted rounds in which the slices of a route and of the first one were calm; on a
   *     machine that is hardly ever calm there will be fewer
   */
  void run(int wanted) throws IOException {
    try (LoadConnections load = new LoadConnections(facade.port(), CONNECTIONS)) {
      for (int round = 0; round < WARM_UP_ROUNDS; round++) {
        round(load);
      }
      slices.values().forEach(List::clear);
      for (int round = 0; round < PATIENCE * wanted && pairs() < wanted; round++) {
        if (round % ROUNDS_TOLD == 0) {
          System.err.printf("banyan bench: round %d, %d of %d calm%n", round, pairs(), wanted);
        }
        round(load);
        resident = Math.max(resident, ProcessCpu.residentBytes(facade.process().toHandle()));
      }
    }
  }

  private void round(LoadConnections load) throws IOException {
    List<String> order = new ArrayList<>(routes);
    Collections.shuffle(order, random);
    for (String route : order) {
      long stolen = Stolen.millis();
      double before = ProcessCpu.micros(facade.process().toHandle());
      LoadResult result = load.paced("/" + route, SLICE, rate, SETTLING);
      double used = ProcessCpu.micros(facade.process().toHandle()) - before;
      of(route).add(new Slice(result, used, Stolen.millis() - stolen <= CALM_MILLIS));
    }
  }

  /** Calm rounds of the route that has the fewest. */
  int pairs() {
    return routes.stream().skip(1).mapToInt(this::pairs).min().orElse(0);
  }

  /** In how many rounds the machine was calm for this route and for the first one. */
  private int pairs(String route) {
    return (int) IntStream.range(0, of(route).size()).filter(i -> isPair(route, i)).count();
  }

  private boolean isPair(String route, int round) {
    return of(route).get(round).calm() && of(routes.getFirst()).get(round).calm();
  }

  private List<Slice> of(String route) {
    return slices.getOrDefault(route, List.of());
  }

  private Stream<Slice> calm(String route) {
    return of(route).stream().filter(Slice::calm);
  }

  /** Of the facade, per request: what a request costs at this rate, copies and all. */
  double cpuMicros(String route) {
    return calm(route).mapToDouble(Slice::cpuMicros).sum()
        / calm(route).mapToLong(slice -> slice.result().requests()).sum();
  }

  double p50Micros(String route) {
    return median(calm(route).mapToDouble(slice -> slice.result().p50Micros()).toArray());
  }

  double p95Micros(String route) {
    return median(calm(route).mapToDouble(slice -> slice.result().p95Micros()).toArray());
  }

  double p99Micros(String route) {
    return median(calm(route).mapToDouble(slice -> slice.result().p99Micros()).toArray());
  }

  /**
   * A median, and the bounds that hold it in 95 of 100 runs: the order statistics about one root of
   * the count away from the middle.
   */
  record Ratio(int pairs, double median, double low, double high) {
    static Ratio of(double[] values) {
      double[] sorted = values.clone();
      Arrays.sort(sorted);
      int n = sorted.length;
      int away = (int) Math.ceil(0.98 * Math.sqrt(n));
      if (n < LEAST_PAIRS) {
        return new Ratio(n, Double.NaN, Double.NaN, Double.NaN);
      }
      return new Ratio(
          n,
          sorted[n / 2],
          sorted[Math.max(0, n / 2 - away)],
          sorted[Math.min(n - 1, n / 2 + away)]);
    }

    @Override
    public String toString() {
      return pairs < LEAST_PAIRS
          ? "not measured: calm in " + pairs + " rounds"
          : "%.2fx (%.2f to %.2f)".formatted(median, low, high);
    }
  }

  /** Against the first route, in each round that was calm for both. */
  Ratio p95Ratio(String route) {
    return ratio(route, LoadResult::p95Micros);
  }

  /** Against the first route, in each round that was calm for both. */
  Ratio p99Ratio(String route) {
    return ratio(route, LoadResult::p99Micros);
  }

  private Ratio ratio(String route, ToDoubleFunction<LoadResult> figure) {
    List<Slice> mine = of(route);
    List<Slice> first = of(routes.getFirst());
    double[] ratios =
        IntStream.range(0, mine.size())
            .filter(i -> isPair(route, i))
            .mapToDouble(
                i ->
                    figure.applyAsDouble(mine.get(i).result())
                        / figure.applyAsDouble(first.get(i).result()))
            .toArray();
    return Ratio.of(ratios);
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values.length == 0 ? Double.NaN : values[values.length / 2];
  }

  long errors(String route) {
    return of(route).stream().mapToLong(slice -> slice.result().errors()).sum();
  }

  /** The largest resident memory of the facade, in bytes. */
  long resident() {
    return resident;
  }
}
