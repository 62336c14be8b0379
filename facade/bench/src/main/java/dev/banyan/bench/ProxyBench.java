package dev.banyan.bench;

import dev.banyan.bench.ProxyRound.Figure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What one request costs: the upstream direct, Banyan, and nginx, HAProxy and Spring Cloud Gateway
 * where they are installed or can be built, in turns, each proxy alone on one core.
 */
@Command(
    name = "proxy",
    description =
        "CPU per request of Banyan beside nginx, HAProxy and Spring Cloud Gateway, on one core.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:  ./banyan bench proxy --seconds 10 --rounds 3",
      "          ./banyan bench proxy --tls --h2",
      "          ./banyan bench proxy --all",
      "          ./banyan bench proxy --beside . --beside-options '-XX:+UseParallelGC'"
    })
final class ProxyBench implements Callable<Integer> {
  private static final double MOST_OF_NGINX = 1.7;
  private static final double MOST_OF_GATEWAY = 0.4;
  private static final int SMALL = 300;
  private static final int LARGE = 100_000;

  @Option(
      names = "--seconds",
      defaultValue = "5",
      description = "Length of a round (${DEFAULT-VALUE}).")
  private int seconds;

  @Option(names = "--rounds", defaultValue = "3", description = "Rounds each (${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--connections",
      defaultValue = "32",
      description = "Requests under way at a time (${DEFAULT-VALUE}).")
  private int connections;

  @Option(
      names = "--body",
      defaultValue = "300",
      description = "Bytes of an answer, such as 300 or 100k (${DEFAULT-VALUE}).")
  private String body = "";

  @Option(names = "--tls", description = "Clients speak TLS.")
  private boolean tls;

  @Option(names = "--h2", description = "Clients speak HTTP/2.")
  private boolean h2;

  @Option(names = "--all", description = "300 bytes, 100k, TLS and HTTP/2, one after another.")
  private boolean all;

  @Option(
      names = "--without",
      split = ",",
      description = "Proxies to leave out, such as gateway or banyan.")
  private List<String> without = new ArrayList<>();

  @ArgGroup(exclusive = false)
  private @Nullable Other other;

  private static final class Other {
    @Option(
        names = "--beside",
        required = true,
        paramLabel = "CHECKOUT",
        description = "Another Banyan to measure in turns with this one, built in its own folder.")
    private Path checkout = Path.of("");

    @Option(
        names = "--beside-options",
        paramLabel = "OPTIONS",
        description = "Options of that one's Java, such as '-XX:+UseParallelGC'.")
    private String options = "";
  }

  @Option(names = "--json", description = "Print the figures as JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    boolean held = true;
    for (ProxyRound.Variant variant : variants()) {
      ProxyRound round = new ProxyRound(variant, connections, seconds, rounds, without, beside());
      held &= print(variant, round.run());
    }
    return held ? 0 : 1;
  }

  private Optional<ProxyRound.Beside> beside() {
    return Optional.ofNullable(other)
        .map(of -> new ProxyRound.Beside(of.checkout, Servers.words(of.options)));
  }

  private List<ProxyRound.Variant> variants() {
    if (all) {
      return List.of(
          new ProxyRound.Variant(SMALL, Wire.PLAIN),
          new ProxyRound.Variant(LARGE, Wire.PLAIN),
          new ProxyRound.Variant(SMALL, Wire.TLS),
          new ProxyRound.Variant(SMALL, Wire.H2));
    }
    Wire wire = tls ? (h2 ? Wire.TLS_H2 : Wire.TLS) : h2 ? Wire.H2 : Wire.PLAIN;
    int bytes =
        body.endsWith("k")
            ? 1000 * Integer.parseInt(body.substring(0, body.length() - 1))
            : Integer.parseInt(body);
    return List.of(new ProxyRound.Variant(bytes, wire));
  }

  private boolean print(ProxyRound.Variant variant, Map<String, List<Figure>> figures) {
    double banyan = Figure.median(figures.getOrDefault("banyan", List.of()), Figure::cpuMicros);
    if (!json) {
      System.out.printf(
          "%nGET, %d-byte JSON, %s, %d under way, proxy on one core, median of %d rounds of %d s%n%n",
          variant.body(), variant.wire().words(), connections, rounds, seconds);
      System.out.printf(
          "%-10s %14s %14s %12s %8s %14s%n",
          "", "CPU us/request", "requests/s", "p99 us", "errors", "banyan's CPU");
    }
    figures.forEach((name, some) -> line(variant, name, some, banyan));
    boolean whole = figures.values().stream().flatMap(List::stream).noneMatch(f -> f.errors() > 0);
    if (json) {
      return whole;
    }
    System.out.println();
    Verdicts.print(whole, "no request failed");
    boolean nginx = bar(banyan, figures, "nginx", MOST_OF_NGINX);
    boolean gateway = bar(banyan, figures, "gateway", MOST_OF_GATEWAY);
    return whole && nginx && gateway;
  }

  private void line(ProxyRound.Variant variant, String name, List<Figure> some, double banyan) {
    double cpu = Figure.median(some, Figure::cpuMicros);
    double perSecond = Figure.median(some, Figure::perSecond);
    double p99 = Figure.median(some, Figure::p99Micros);
    long errors = some.stream().mapToLong(Figure::errors).sum();
    if (json) {
      System.out.printf(
          "{\"wire\":\"%s\",\"body\":%d,\"name\":\"%s\",\"cpuMicrosPerRequest\":%.2f,\"requestsPerSecond\":%.0f,\"p99Micros\":%.0f,\"errors\":%d,\"banyanRatio\":%.2f}%n",
          variant.wire(), variant.body(), name, cpu, perSecond, p99, errors, banyan / cpu);
    } else {
      System.out.printf(
          "%-10s %14.2f %14.0f %12.0f %8d %13.2fx%n",
          name, cpu, perSecond, p99, errors, banyan / cpu);
    }
  }

  /** The ratio is that of each round, then the median: what else the machine did cancels out. */
  private static boolean bar(
      double banyan, Map<String, List<Figure>> figures, String peer, double most) {
    List<Figure> others = figures.get(peer);
    if (others == null || Double.isNaN(banyan)) {
      System.out.printf("not measured: at most %.1fx %s%n", most, peer);
      return true;
    }
    double ratio = Figure.medianRatio(figures.getOrDefault("banyan", List.of()), others);
    Verdicts.print(
        ratio <= most, "CPU per request at most %.1fx %s: %.2fx".formatted(most, peer, ratio));
    return ratio <= most;
  }
}
