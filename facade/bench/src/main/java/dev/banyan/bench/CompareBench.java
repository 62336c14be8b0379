package dev.banyan.bench;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What comparing two JSON bodies costs, beside two libraries that do (JMH). */
@Command(
    name = "compare",
    description = "Comparing JSON bodies, beside JSONassert and zjsonpatch; hostile arrays.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:  ./banyan bench compare --seconds 2"})
final class CompareBench implements Callable<Integer> {
  private static final double LEAST_SPEED = 200;
  private static final double LEAST_RATIO = 5;
  private static final double MOST_SLOWER = 10;

  @Option(
      names = "--seconds",
      defaultValue = "1",
      description = "Length of an iteration (${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--forks",
      defaultValue = "1",
      description = "Virtual machines each (${DEFAULT-VALUE}).")
  private int forks;

  /** MB of both bodies in a second of one core. */
  private record Row(double banyan, double jsonAssert, double zjsonpatch) {
    double ratio() {
      return banyan / Math.max(jsonAssert, zjsonpatch);
    }
  }

  @Override
  public Integer call() throws RunnerException {
    System.err.println("banyan bench: measuring, one virtual machine after another…");
    Map<ComparePairs, Row> rows = new EnumMap<>(ComparePairs.class);
    for (RunResult result : new Runner(options().build()).run()) {
      ComparePairs pair = ComparePairs.valueOf(result.getParams().getParam("pair"));
      double speed = bytes(pair) / result.getPrimaryResult().getScore() * 1000;
      rows.merge(pair, row(result.getParams().getBenchmark(), speed), CompareBench::merged);
    }
    boolean held = print(rows);
    boolean flat = new HostileRound().run();
    System.out.println();
    Verdicts.print(flat, "no hostile arrays of which twice as many take the square");
    return held && flat ? 0 : 1;
  }

  private OptionsBuilder options() {
    OptionsBuilder options = new OptionsBuilder();
    options
        .include(CompareBenchmark.class.getName())
        .param("pair", Arrays.stream(ComparePairs.values()).map(Enum::name).toArray(String[]::new))
        .forks(forks)
        .jvmArgsAppend("-Xms1g", "-Xmx1g", "-XX:+UseSerialGC")
        .warmupIterations(3)
        .warmupTime(TimeValue.seconds(seconds))
        .measurementIterations(4)
        .measurementTime(TimeValue.seconds(seconds))
        .shouldFailOnError(true)
        .verbosity(VerboseMode.SILENT);
    return options;
  }

  private static double bytes(ComparePairs pair) {
    return (double) utf8(pair.control()) + utf8(pair.candidate());
  }

  private static int utf8(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
  }

  private static Row row(String benchmark, double speed) {
    return switch (benchmark.substring(benchmark.lastIndexOf('.') + 1)) {
      case "banyan" -> new Row(speed, 0, 0);
      case "jsonAssert" -> new Row(0, speed, 0);
      default -> new Row(0, 0, speed);
    };
  }

  private static Row merged(Row a, Row b) {
    return new Row(a.banyan + b.banyan, a.jsonAssert + b.jsonAssert, a.zjsonpatch + b.zjsonpatch);
  }

  private static boolean print(Map<ComparePairs, Row> rows) {
    System.out.printf(
        "%nComparing two JSON bodies, MB/s of one core, both sides counted%n%n%-20s %10s %10s %10s %8s%n",
        "pair", "banyan", "jsonassert", "zjsonpatch", "ratio");
    boolean fast = true;
    boolean faster = true;
    for (Map.Entry<ComparePairs, Row> entry : rows.entrySet()) {
      Row row = entry.getValue();
      System.out.printf(
          "%-20s %10.0f %10.0f %10.0f %7.1fx%n",
          entry.getKey().shown(), row.banyan, row.jsonAssert, row.zjsonpatch, row.ratio());
      if (entry.getKey().compareTo(ComparePairs.LARGE) < 0) {
        fast &= row.banyan >= LEAST_SPEED;
        faster &= row.ratio() >= LEAST_RATIO;
      }
    }
    double slower = speed(rows, ComparePairs.LARGE) / speed(rows, ComparePairs.CHANGED);
    double slowerThanBytes =
        speed(rows, ComparePairs.LARGE_BYTES) / speed(rows, ComparePairs.CHANGED);
    System.out.printf(
        "%n1 MB with 1 %% different takes %.1fx of equal but for white space, %.0fx of equal bytes%n%n",
        slower, slowerThanBytes);
    Verdicts.print(fast, "equal pairs of 10 kB at 200 MB/s or more");
    Verdicts.print(faster, "at least 5x the faster of JSONassert and zjsonpatch");
    Verdicts.print(
        slower <= MOST_SLOWER, "1 MB with 1 % different within 10x of equal but for white space");
    return fast && faster && slower <= MOST_SLOWER;
  }

  private static double speed(Map<ComparePairs, Row> rows, ComparePairs pair) {
    Row row = rows.get(pair);
    if (row == null) {
      throw new IllegalStateException("pair: " + pair + " (expected: measured)");
    }
    return row.banyan;
  }
}
