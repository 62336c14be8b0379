package dev.banyan.bench;

import dev.banyan.bench.Servers.Server;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What one request costs: the upstream direct, Banyan, and nginx and HAProxy where they are
 * installed, in turns, each proxy alone on one core.
 */
@Command(
    name = "proxy",
    description = "CPU per request of Banyan beside nginx and HAProxy, on one core.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:  ./banyan bench proxy --seconds 10 --rounds 3"})
final class ProxyBench implements Callable<Integer> {
  private static final int BODY = 300;

  @Option(
      names = "--seconds",
      defaultValue = "8",
      description = "Length of a round (${DEFAULT-VALUE}).")
  private int seconds;

  @Option(names = "--rounds", defaultValue = "3", description = "Rounds each (${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--connections",
      defaultValue = "32",
      description = "Kept alive (${DEFAULT-VALUE}).")
  private int connections;

  @Option(names = "--json", description = "Print the figures as JSON.")
  private boolean json;

  /** One round's figures. */
  private record Figure(double cpuMicros, double perSecond, double p99Micros, long errors) {}

  @Override
  public Integer call() throws Exception {
    try (Servers servers = new Servers()) {
      if (!servers.pins()) {
        System.err.println("banyan bench: no taskset or only one core: nothing is pinned");
      }
      Server upstream = servers.canned(CannedServer.Mode.JSON, BODY);
      List<Server> proxies = new ArrayList<>();
      proxies.add(servers.banyan(rules(upstream.port()), "proxy"));
      servers.nginx(upstream.port()).ifPresent(proxies::add);
      servers.haproxy(upstream.port()).ifPresent(proxies::add);
      servers.leaveMeasuredCore();

      Map<String, List<Figure>> figures = new LinkedHashMap<>();
      System.err.println("banyan bench: warming up…");
      for (Server proxy : proxies) {
        new HttpLoad(proxy.port(), "/api/products/AB-1", connections)
            .closed(Duration.ofSeconds(proxy.name().equals("banyan") ? 3L * seconds : 1));
      }
      for (int round = 1; round <= rounds; round++) {
        System.err.println("banyan bench: round " + round + " of " + rounds);
        figures.computeIfAbsent("direct", n -> new ArrayList<>()).add(measure(upstream));
        for (Server proxy : proxies) {
          figures.computeIfAbsent(proxy.name(), n -> new ArrayList<>()).add(measure(proxy));
        }
      }
      print(figures);
      return figures.values().stream().flatMap(List::stream).anyMatch(f -> f.errors() > 0) ? 1 : 0;
    }
  }

  private Figure measure(Server server) throws Exception {
    double before = ProcessCpu.micros(server.process().toHandle());
    LoadResult result =
        new HttpLoad(server.port(), "/api/products/AB-1", connections)
            .closed(Duration.ofSeconds(seconds));
    double used = ProcessCpu.micros(server.process().toHandle()) - before;
    return new Figure(
        used / result.requests(), result.perSecond(), result.p99Micros(), result.errors());
  }

  private void print(Map<String, List<Figure>> figures) {
    double banyan = median(figures.getOrDefault("banyan", List.of()), 0);
    if (!json) {
      System.out.printf(
          "%nGET, %d-byte JSON, %d kept-alive connections, proxy on one core, median of %d rounds of %d s%n%n",
          BODY, connections, rounds, seconds);
      System.out.printf(
          "%-10s %14s %14s %12s %8s %14s%n",
          "", "CPU us/request", "requests/s", "p99 us", "errors", "banyan's CPU");
    }
    figures.forEach(
        (name, all) -> {
          double cpu = median(all, 0);
          long errors = all.stream().mapToLong(Figure::errors).sum();
          System.out.printf(
              json
                  ? "{\"name\":\"%s\",\"cpuMicrosPerRequest\":%.2f,\"requestsPerSecond\":%.0f,\"p99Micros\":%.0f,\"errors\":%d,\"banyanRatio\":%.2f}%n"
                  : "%-10s %14.2f %14.0f %12.0f %8d %13.2fx%n",
              name,
              cpu,
              median(all, 1),
              median(all, 2),
              errors,
              banyan / cpu);
        });
  }

  private static double median(List<Figure> all, int column) {
    double[] sorted =
        all.stream()
            .mapToDouble(
                f -> column == 0 ? f.cpuMicros() : column == 1 ? f.perSecond() : f.p99Micros())
            .sorted()
            .toArray();
    return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
  }

  private static String rules(int upstream) {
    return """
        version: 1
        upstreams:
          legacy: { url: http://127.0.0.1:%d }
        routes:
          - id: product
            match: { methods: [GET], path: /api/products/{id} }
            legacy: legacy
          - id: everything-else
            match: { path: /** }
            legacy: legacy
        """
        .formatted(upstream);
  }
}
