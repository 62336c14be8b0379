package dev.banyan.bench;

import dev.banyan.bench.Servers.Server;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** One variant of {@link ProxyBench}: all proxies started, warmed up and measured in turns. */
final class ProxyRound {
  private static final String PATH = "/api/products/AB-1";
  private static final int PAUSE_MILLIS = 200;
  private static final Duration WARM_UP = Duration.ofSeconds(3);
  private static final int WARM_UPS = 12;
  private static final double STEADY = 0.97;

  /**
   * What is asked for.
   *
   * @param body bytes of an answer
   */
  record Variant(int body, Wire wire) {}

  /** One round's figures. */
  record Figure(double cpuMicros, double perSecond, double p99Micros, long errors) {
    static double median(List<Figure> some, ToDoubleFunction<Figure> column) {
      return middle(some.stream().mapToDouble(column).sorted().toArray());
    }

    static double medianRatio(List<Figure> ours, List<Figure> theirs) {
      double[] ratios = new double[Math.min(ours.size(), theirs.size())];
      for (int i = 0; i < ratios.length; i++) {
        ratios[i] = ours.get(i).cpuMicros() / theirs.get(i).cpuMicros();
      }
      java.util.Arrays.sort(ratios);
      return middle(ratios);
    }

    private static double middle(double[] sorted) {
      return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
    }
  }

  private final Variant variant;
  private final int connections;
  private final int seconds;
  private final int rounds;
  private final List<String> without;
  private final Optional<Beside> beside;

  /** Another Banyan: its checkout, and options of its Java. */
  record Beside(Path checkout, List<String> options) {}

  /**
   * @param without names of proxies to leave out
   * @param beside another Banyan to measure as well
   */
  ProxyRound(
      Variant variant,
      int connections,
      int seconds,
      int rounds,
      List<String> without,
      Optional<Beside> beside) {
    this.variant = variant;
    this.connections = connections;
    this.seconds = seconds;
    this.rounds = rounds;
    this.without = without;
    this.beside = beside;
  }

  /** Figures by proxy, one a round. */
  Map<String, List<Figure>> run() throws IOException, InterruptedException {
    try (Servers servers = new Servers()) {
      if (!servers.pins()) {
        System.err.println("banyan bench: no taskset or only one core: nothing is pinned");
      }
      Optional<Path> h2load = servers.find("h2load");
      if (variant.wire() != Wire.PLAIN && h2load.isEmpty()) {
        System.err.println(
            "banyan bench: h2load is not installed (package nghttp2-client): "
                + variant.wire().words()
                + " is NOT measured");
        return Map.of();
      }
      Server upstream = servers.canned(CannedServer.Mode.JSON, variant.body());
      List<Server> proxies = start(servers, upstream.port());
      servers.leaveMeasuredCore();
      warmUp(servers, proxies);
      Map<String, List<Figure>> figures = new LinkedHashMap<>();
      for (int round = 1; round <= rounds; round++) {
        System.err.println("banyan bench: round " + round + " of " + rounds);
        if (variant.wire() == Wire.PLAIN) {
          figures.computeIfAbsent("direct", n -> new ArrayList<>()).add(measure(servers, upstream));
        }
        for (Server proxy : proxies) {
          figures
              .computeIfAbsent(proxy.name(), n -> new ArrayList<>())
              .add(measure(servers, proxy));
        }
      }
      return figures;
    }
  }

  private List<Server> start(Servers servers, int upstream)
      throws IOException, InterruptedException {
    Certificate certificate = Certificate.in(servers.folder());
    Peers peers = new Peers(servers, certificate);
    List<Server> proxies = new ArrayList<>();
    if (!without.contains("banyan")) {
      proxies.add(banyan(servers, certificate, upstream));
    }
    if (beside.isPresent()) {
      proxies.add(
          servers.banyanOf(beside.get().checkout(), rules(upstream), beside.get().options()));
    }
    if (!without.contains("nginx")) {
      peers.nginx(variant.wire(), upstream).ifPresent(proxies::add);
    }
    if (!without.contains("haproxy")) {
      peers.haproxy(variant.wire(), upstream).ifPresent(proxies::add);
    }
    if (!without.contains("gateway")) {
      peers.gateway(variant.wire(), upstream).ifPresent(proxies::add);
    }
    return proxies;
  }

  private Server banyan(Servers servers, Certificate certificate, int upstream) throws IOException {
    if (!variant.wire().encrypted()) {
      return servers.banyan(rules(upstream), "proxy");
    }
    int port = Servers.freePort();
    Server plain =
        servers.banyan(
            rules(upstream),
            "proxy",
            Map.of(
                "BANYAN_TLS_CERTIFICATE", certificate.certificate().toString(),
                "BANYAN_TLS_KEY", certificate.key().toString(),
                "BANYAN_TLS_PORT", Integer.toString(port)),
            List.of());
    return new Server(plain.name(), plain.process(), port);
  }

  /** What runs on a virtual machine wants to be compiled first: until it gets no cheaper. */
  private void warmUp(Servers servers, List<Server> proxies)
      throws IOException, InterruptedException {
    for (Server proxy : proxies) {
      System.err.println("banyan bench: warming up " + proxy.name() + "…");
      double last = Double.MAX_VALUE;
      int steady = 0;
      for (int i = 0; i < WARM_UPS && steady < 2; i++) {
        double cpu = measure(servers, proxy, WARM_UP).cpuMicros();
        steady = cpu > STEADY * last ? steady + 1 : 0;
        last = Math.min(last, cpu);
      }
    }
  }

  private Figure measure(Servers servers, Server server) throws IOException, InterruptedException {
    return measure(servers, server, Duration.ofSeconds(seconds));
  }

  private Figure measure(Servers servers, Server server, Duration duration)
      throws IOException, InterruptedException {
    // What the load before left to be cleared away is not this one's.
    Thread.sleep(PAUSE_MILLIS);
    double before = ProcessCpu.micros(server.process().toHandle());
    LoadResult result = load(servers, server, duration);
    double used = ProcessCpu.micros(server.process().toHandle()) - before;
    return new Figure(
        used / result.requests(), result.perSecond(), result.p99Micros(), result.errors());
  }

  private LoadResult load(Servers servers, Server server, Duration duration)
      throws IOException, InterruptedException {
    if (variant.wire() == Wire.PLAIN) {
      return new HttpLoad(server.port(), PATH, connections).closed(duration);
    }
    Path program = servers.find("h2load").orElseThrow();
    return new H2Load(program, variant.wire(), connections, servers.folder())
        .closed(server.port(), PATH, duration);
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
