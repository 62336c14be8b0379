package dev.banyan.bench;

import dev.banyan.rules.Decision;
import dev.banyan.rules.RequestHead;
import dev.banyan.rules.RoutingTable;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One decision, over requests that differ from each other; run by {@link TableBench}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DecideBenchmark {
  /** As many whatever the number of routes, so that only the table differs. */
  private static final int REQUESTS = 4096;

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  /** Routes in the rule set. */
  @Param({"10", "1000", "10000"})
  public int routes;

  /** As written under {@code paths.case}. */
  @Param({"sensitive", "insensitive"})
  public String paths = "sensitive";

  private RoutingTable table = new TableRules(1).table("");
  private RequestHead[] requests = new RequestHead[0];
  private int next;

  /**
   * Reads and compiles the rules; a table that lives long lies where the collector has moved it.
   */
  @Setup
  public void prepare() {
    TableRules rules = new TableRules(routes);
    boolean lax = paths.equals("insensitive");
    table = rules.table(lax ? "paths: { case: insensitive, trailing-slash: ignored }\n" : "");
    requests = lax ? rules.requestsInCapitals(REQUESTS) : rules.requests(REQUESTS);
    for (RequestHead request : requests) {
      if (!(table.decide(request, 0) instanceof Decision.Serve)) {
        throw new IllegalStateException("request: " + request + " (expected: a route serves it)");
      }
    }
    System.gc();
  }

  /** One decision. */
  @Benchmark
  public Decision decide() {
    int i = next++;
    return table.decide(requests[i & (REQUESTS - 1)], i * GOLDEN);
  }
}
