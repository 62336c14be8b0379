package dev.banyan.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.bench.ProxyRound.Figure;
import dev.banyan.bench.Servers.Server;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What shadowing costs: CPU per request with every request copied and compared beside nginx's
 * {@code mirror}, which compares nothing; and what the clients notice of it.
 */
@Command(
    name = "shadow",
    description = "CPU per request beside nginx's mirror, and live p99, with 100 %% shadowed.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:  ./banyan bench shadow --rounds 5"})
final class ShadowBench implements Callable<Integer> {
  private static final double MOST_P99 = 1.1;
  private static final double LEAST_COMPARED = 0.99;
  private static final int CONNECTIONS = 32;
  private static final int WARM_UP_RATE = 5000;
  private static final String SHADOWED = "banyan, shadowed";

  @Option(
      names = "--seconds",
      defaultValue = "2",
      description = "Length of a round of CPU per request (${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--rounds",
      defaultValue = "15",
      description = "Rounds of CPU per request (${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--live-rounds",
      defaultValue = "160",
      description = "Rounds of live p99, half a second each way (${DEFAULT-VALUE}).")
  private int liveRounds;

  @Option(
      names = "--rate",
      description = "Requests per second of live p99; half of the capacity unless told.")
  private @Nullable Integer rate;

  /** Share of the shadowed requests that were compared. */
  private double compared;

  @Override
  public Integer call() throws Exception {
    try (Servers servers = new Servers()) {
      Peers peers = new Peers(servers, Certificate.in(servers.folder()));
      Server legacy = peers.upstream(300);
      Map<String, Integer> candidates = new LinkedHashMap<>();
      Server healthy = peers.upstream(300);
      candidates.put("healthy", healthy.port());
      candidates.put("hanging", servers.canned(CannedServer.Mode.HANG, 0).port());
      candidates.put("dead", Servers.freePort());
      Server facade = servers.banyan(ShadowRules.of(legacy.port(), candidates), "shadow");
      List<Server> mirrors = new ArrayList<>();
      peers
          .nginxWithMirror(legacy.port(), candidates.getOrDefault("healthy", 0))
          .ifPresent(mirrors::add);
      servers.leaveMeasuredCore();
      servers.databaseLeavesMeasuredCore("shadow");
      List<String> routes = new ArrayList<>(List.of(ShadowRules.OFF));
      routes.addAll(candidates.keySet());
      System.err.println("banyan bench: warming up…");
      warmUp(facade, routes);
      try (AdminSide admin = new AdminSide(servers.dataOf("shadow"))) {
        Map<String, List<Figure>> figures = cost(facade, mirrors, admin);
        boolean cheap = printCost(figures, compared);
        double capacity = Figure.median(of(figures, SHADOWED), Figure::perSecond);
        // What its answering takes from legacy's core would be told as Banyan's.
        servers.giveWay(healthy);
        return live(facade, routes, rate == null ? capacity / 2 : rate) && cheap ? 0 : 1;
      }
    }
  }

  /** Both as fast as it goes and at a pace: the compiler sees other batches then. */
  private static void warmUp(Server facade, List<String> routes) throws IOException {
    for (int i = 0; i < 4; i++) {
      for (String route : routes) {
        Turns.load(facade, route).closed(Duration.ofSeconds(route.equals("healthy") ? 4 : 2));
        Turns.load(facade, route).paced(Duration.ofSeconds(2), WARM_UP_RATE);
      }
    }
  }

  private Map<String, List<Figure>> cost(Server facade, List<Server> mirrors, AdminSide admin)
      throws IOException, InterruptedException {
    Map<String, List<Figure>> figures = new LinkedHashMap<>();
    long requests = 0;
    long before = compared(admin);
    for (int round = 1; round <= rounds; round++) {
      System.err.println("banyan bench: round " + round + " of " + rounds);
      add(figures, "banyan, off", measure(facade, ShadowRules.OFF));
      Figure shadowed = measure(facade, "healthy");
      requests += Math.round(shadowed.perSecond() * seconds);
      add(figures, SHADOWED, shadowed);
      for (Server mirror : mirrors) {
        add(figures, mirror.name(), measure(mirror, "healthy"));
      }
    }
    // What waits in the queue is compared within moments.
    Thread.sleep(1000);
    compared = (compared(admin) - before) / (double) requests;
    System.err.println("banyan bench: not compared: " + admin.evidence("healthy").path("skipped"));
    return figures;
  }

  private static List<Figure> of(Map<String, List<Figure>> figures, String name) {
    return figures.getOrDefault(name, List.of());
  }

  private static void add(Map<String, List<Figure>> figures, String name, Figure figure) {
    figures.computeIfAbsent(name, n -> new ArrayList<>()).add(figure);
  }

  private Figure measure(Server server, String route) throws IOException, InterruptedException {
    Thread.sleep(300); // what the load before left to be done is not this one's
    double before = ProcessCpu.micros(server.process().toHandle());
    LoadResult result =
        new HttpLoad(server.port(), "/" + route, CONNECTIONS).closed(Duration.ofSeconds(seconds));
    double used = ProcessCpu.micros(server.process().toHandle()) - before;
    return new Figure(
        used / result.requests(), result.perSecond(), result.p99Micros(), result.errors());
  }

  private static long compared(AdminSide admin) throws IOException, InterruptedException {
    JsonNode evidence = admin.evidence("healthy");
    return evidence.path("matched").asLong()
        + evidence.path("tolerated").asLong()
        + evidence.path("mismatched").asLong();
  }

  private boolean printCost(Map<String, List<Figure>> figures, double share) {
    System.out.printf(
        "%nGET, 300-byte JSON, %d kept-alive connections, one core, median of %d rounds of %d s%n%n%-18s %14s %12s %10s %8s%n",
        CONNECTIONS, rounds, seconds, "", "CPU us/request", "requests/s", "p99 us", "errors");
    figures.forEach(
        (name, some) ->
            System.out.printf(
                "%-18s %14.2f %12.0f %10.0f %8d%n",
                name,
                Figure.median(some, Figure::cpuMicros),
                Figure.median(some, Figure::perSecond),
                Figure.median(some, Figure::p99Micros),
                some.stream().mapToLong(Figure::errors).sum()));
    System.out.println();
    boolean whole = share >= LEAST_COMPARED;
    Verdicts.print(whole, "%.1f %% of the shadowed requests were compared".formatted(100 * share));
    List<Figure> mirror = figures.get("nginx mirror");
    if (mirror == null) {
      System.out.println("not measured: nginx's mirror, for nginx is not installed");
      return whole;
    }
    double ratio = Figure.medianRatio(figures.getOrDefault("banyan, shadowed", List.of()), mirror);
    Verdicts.print(ratio <= 1, "CPU per request at most nginx's mirror: %.2fx".formatted(ratio));
    return whole && ratio <= 1;
  }

  /** Half of what the facade can do while it shadows: more would measure the queue before it. */
  private boolean live(Server facade, List<String> routes, double perSecond) throws IOException {
    Turns turns = new Turns(facade, routes, perSecond);
    turns.run(liveRounds);
    System.out.printf(
        "%nLive answers at %.0f requests/s%s, one core, medians of %d calm rounds%n%n%-10s %14s %10s %10s %10s %8s  %-24s %s%n",
        perSecond,
        rate == null ? ", half of the capacity with shadowing" : "",
        turns.pairs(),
        "candidate",
        "CPU us/request",
        "p50 us",
        "p95 us",
        "p99 us",
        "errors",
        "p95/off, 95 % interval",
        "p99/off, 95 % interval");
    boolean held = true;
    for (String route : routes) {
      Turns.Ratio ratio = turns.p99Ratio(route);
      held &= turns.errors(route) == 0 && ratio.median() <= MOST_P99;
      System.out.printf(
          "%-10s %14.2f %10.0f %10.0f %10.0f %8d  %-24s %s%n",
          route,
          turns.cpuMicros(route),
          turns.p50Micros(route),
          turns.p95Micros(route),
          turns.p99Micros(route),
          turns.errors(route),
          turns.p95Ratio(route),
          ratio);
    }
    System.out.println();
    Verdicts.print(held, "every p99 within %.1fx of no shadowing".formatted(MOST_P99));
    return held;
  }
}
