package dev.banyan.bench;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
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
    footer = {"", "Example:  ./banyan bench table --seconds 2"})
final class TableBench implements Callable<Integer> {
  private static final double MOST_NANOS = 1000;
  private static final double MOST_GROWTH = 2;

  /** Beyond what a profiler that samples can tell from nothing. */
  private static final double NOTHING = 0.01;

  @Option(
      names = "--seconds",
      defaultValue = "1",
      description = "Length of an iteration (${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--forks",
      defaultValue = "2",
      description = "Virtual machines each (${DEFAULT-VALUE}).")
  private int forks;

  /** One row. */
  private record Figure(int routes, double nanos, double error, double bytes) {}

  @Override
  public Integer call() throws RunnerException {
    System.err.println("banyan bench: measuring, one virtual machine after another…");
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(DecideBenchmark.class.getName())
                    .addProfiler(GCProfiler.class)
                    .forks(forks)
                    .jvmArgsAppend("-Xms512m", "-Xmx512m", "-XX:+UseSerialGC")
                    .warmupIterations(4)
                    .warmupTime(TimeValue.seconds(seconds))
                    .measurementIterations(5)
                    .measurementTime(TimeValue.seconds(seconds))
                    .shouldFailOnError(true)
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run();
    Map<String, List<Figure>> figures = new LinkedHashMap<>();
    for (RunResult result : results) {
      figures.merge(
          result.getParams().getParam("paths"),
          List.of(figure(result)),
          (some, more) -> java.util.stream.Stream.concat(some.stream(), more.stream()).toList());
    }
    return print(figures) ? 0 : 1;
  }

  private static Figure figure(RunResult result) {
    Result<?> allocated = result.getSecondaryResults().get("gc.alloc.rate.norm");
    if (allocated == null) {
      throw new IllegalStateException("allocation: unknown (expected: JMH's gc profiler)");
    }
    return new Figure(
        Integer.parseInt(result.getParams().getParam("routes")),
        result.getPrimaryResult().getScore(),
        result.getPrimaryResult().getScoreError(),
        allocated.getScore());
  }

  private static boolean print(Map<String, List<Figure>> figures) {
    System.out.printf(
        "%nOne decision, requests over all routes alike%n%n%-12s %8s %10s %8s %10s %8s%n",
        "paths", "routes", "ns", "+-", "B", "growth");
    boolean fast = true;
    boolean flat = true;
    boolean free = true;
    for (var entry : figures.entrySet()) {
      double least = entry.getValue().getFirst().nanos();
      for (Figure figure : entry.getValue()) {
        double growth = figure.nanos() / least;
        fast &= figure.nanos() < MOST_NANOS;
        flat &= growth <= MOST_GROWTH;
        free &= figure.bytes() < NOTHING;
        System.out.printf(
            "%-12s %8d %10.1f %8.1f %10.4f %7.2fx%n",
            entry.getKey(),
            figure.routes(),
            figure.nanos(),
            figure.error(),
            figure.bytes(),
            growth);
      }
    }
    System.out.println();
    Verdicts.print(fast, "every decision under 1 us");
    Verdicts.print(flat, "at most 2x from 10 to 10,000 routes");
    Verdicts.print(free, "nothing allocated");
    return fast && flat && free;
  }
}
