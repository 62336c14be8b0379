package dev.banyan.bench;

import dev.banyan.bench.Servers.Server;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Whether shadowing shows on the live side: one facade, one route without shadowing and one for
 * each kind of candidate, driven in turns at the same fixed rate; the live p99 of each against that
 * of the route without.
 */
@Command(
    name = "isolation",
    description = "Live p99 with bad candidates beside no shadowing, in one run.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:  ./banyan bench isolation --rate 1000 --rounds 40"})
final class IsolationBench implements Callable<Integer> {
  private static final double LIMIT = 1.2;
  private static final int WARM_UP_SECONDS = 8;

  @Option(
      names = "--rounds",
      defaultValue = "80",
      description = "Rounds, half a second each way (${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--rate",
      defaultValue = "1000",
      description = "Requests per second (${DEFAULT-VALUE}).")
  private int rate;

  @Override
  public Integer call() throws Exception {
    try (Servers servers = new Servers()) {
      Peers peers = new Peers(servers, Certificate.in(servers.folder()));
      Server legacy = peers.upstream(300);
      Map<String, Integer> candidates = new LinkedHashMap<>();
      candidates.put("healthy", peers.upstream(300).port());
      candidates.put("hang", servers.canned(CannedServer.Mode.HANG, 0).port());
      candidates.put("reset", servers.canned(CannedServer.Mode.RESET, 0).port());
      candidates.put("flood", servers.canned(CannedServer.Mode.FLOOD, 0).port());
      Server facade = servers.banyan(ShadowRules.of(legacy.port(), candidates), "isolation");
      servers.leaveMeasuredCore();
      servers.databaseLeavesMeasuredCore("isolation");

      List<String> routes = new ArrayList<>(List.of(ShadowRules.OFF));
      routes.addAll(candidates.keySet());
      System.err.println("banyan bench: warming up…");
      for (String route : routes) {
        Turns.load(facade, route).paced(Duration.ofSeconds(WARM_UP_SECONDS), 2d * rate);
      }
      Turns turns = new Turns(facade, routes, rate);
      turns.run(rounds);
      try (AdminSide admin = new AdminSide(servers.dataOf("isolation"))) {
        return print(routes, turns, admin);
      }
    }
  }

  private int print(List<String> routes, Turns turns, AdminSide admin)
      throws IOException, InterruptedException {
    boolean held = true;
    System.out.printf(
        "%nLive answers at %d requests/s, medians of %d calm rounds, 100 %% shadowed%n%n",
        rate, turns.pairs());
    System.out.printf(
        "%-10s %10s %10s %8s  %-24s %s%n",
        "candidate", "p50 us", "p99 us", "errors", "p99/off, 95 % interval", "drops");
    for (String route : routes) {
      Turns.Ratio ratio = turns.p99Ratio(route);
      held &= turns.errors(route) == 0 && ratio.median() <= LIMIT;
      System.out.printf(
          "%-10s %10.0f %10.0f %8d  %-24s %s%n",
          route,
          turns.p50Micros(route),
          turns.p99Micros(route),
          turns.errors(route),
          ratio,
          // What the facade's own evidence says was skipped.
          admin.evidence(route).path("skipped"));
    }
    System.out.printf("%nlargest resident memory of the facade: %d MiB%n", turns.resident() >> 20);
    Verdicts.print(held, "every p99 within %.1fx of no shadowing".formatted(LIMIT));
    return held ? 0 : 1;
  }
}
