package dev.banyan.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What one decision of the routing table costs with few and with many routes (JMH). */
@Command(
    name = "table",
    description = "Time and allocation of one decision with 10, 1,000 and 10,000 routes.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:  ./banyan bench table --rounds 3"})
final class TableBench implements Callable<Integer> {
  private static final double MOST_NANOS = 1000;
  private static final double MOST_GROWTH = 2;

  private static final int WARM_UP_ITERATIONS = 6;
  private static final int ITERATIONS = 8;

  /** Beyond what a profiler that samples can tell from nothing. */
  private static final double NOTHING = 0.01;

  @Option(
      names = "--millis",
      defaultValue = "500",
      description = "Length of an iteration (${DEFAULT-VALUE}).")
  private int millis;

  @Option(
      names = "--rounds",
      defaultValue = "5",
      description =
          "Virtual machines for each row, in turns, as other load comes and goes (${DEFAULT-VALUE}).")
  private int rounds;

  /** What was measured of one row: a figure for each round. */
  private static final class Row {
    final int routes;
    final List<Double> nanos = new ArrayList<>();
    final List<Double> growth = new ArrayList<>();
    final List<Double> bytes = new ArrayList<>();

    Row(int routes) {
      this.routes = routes;
    }
  }

  @Override
  public Integer call() throws RunnerException {
    Map<String, List<Row>> rows = new LinkedHashMap<>();
    for (int round = 1; round <= rounds; round++) {
      System.err.println("banyan bench: round " + round + " of " + rounds);
      for (RunResult result : new Runner(options()).run()) {
        add(rows.computeIfAbsent(result.getParams().getParam("paths"), p -> rows()), result);
      }
    }
    return print(rows) ? 0 : 1;
  }

  private Options options() {
    return new OptionsBuilder()
        .include(DecideBenchmark.class.getName())
        .addProfiler(GCProfiler.class)
        .forks(1)
        .jvmArgsAppend("-Xms512m", "-Xmx512m", "-XX:+UseSerialGC")
        .warmupIterations(WARM_UP_ITERATIONS)
        .warmupTime(TimeValue.milliseconds(millis))
        .measurementIterations(ITERATIONS)
        .measurementTime(TimeValue.milliseconds(millis))
        .shouldFailOnError(true)
        .verbosity(VerboseMode.SILENT)
        .build();
  }

  private static List<Row> rows() {
    return Stream.of(10, 1000, 10_000).map(Row::new).toList();
  }

  /** Of a round the median of its iterations, which one that was interrupted does not move. */
  private static void add(List<Row> rows, RunResult result) {
    Result<?> allocated = result.getSecondaryResults().get("gc.alloc.rate.norm");
    if (allocated == null) {
      throw new IllegalStateException("allocation: unknown (expected: JMH's gc profiler)");
    }
    int routes = Integer.parseInt(result.getParams().getParam("routes"));
    Row row = rows.stream().filter(r -> r.routes == routes).findFirst().orElseThrow();
    row.nanos.add(result.getPrimaryResult().getStatistics().getPercentile(50));
    row.growth.add(row.nanos.getLast() / rows.getFirst().nanos.getLast());
    row.bytes.add(allocated.getScore());
  }

  private static boolean print(Map<String, List<Row>> figures) {
    System.out.printf(
        "%nOne decision, requests over all routes alike; medians, and in brackets the least and the most of a round%n%n");
    System.out.printf(
        "%-12s %8s %22s %10s  %s%n", "paths", "routes", "ns", "B", "growth from 10 routes");
    boolean fast = true;
    boolean flat = true;
    boolean free = true;
    for (var entry : figures.entrySet()) {
      for (Row row : entry.getValue()) {
        fast &= median(row.nanos) < MOST_NANOS;
        flat &= median(row.growth) <= MOST_GROWTH;
        free &= median(row.bytes) < NOTHING;
        System.out.printf(
            "%-12s %8d %22s %10.4f  %s%n",
            entry.getKey(),
            row.routes,
            spread("%.0f", row.nanos),
            median(row.bytes),
            spread("%.2fx", row.growth));
      }
    }
    System.out.println();
    Verdicts.print(fast, "every decision under 1 us");
    Verdicts.print(flat, "at most 2x from 10 to 10,000 routes");
    Verdicts.print(free, "nothing allocated");
    return fast && flat && free;
  }

  private static String spread(String format, List<Double> values) {
    return (format + " (" + format + " to " + format + ")")
        .formatted(median(values), Collections.min(values), Collections.max(values));
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
