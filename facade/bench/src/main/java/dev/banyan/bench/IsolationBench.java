package dev.banyan.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.bench.Servers.Server;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
    footer = {"", "Example:  ./banyan bench isolation --rate 1000 --rounds 5"})
final class IsolationBench implements Callable<Integer> {
  private static final double LIMIT = 1.2;
  private static final int WARM_UP_SECONDS = 8;

  @Option(
      names = "--seconds",
      defaultValue = "2",
      description = "Length of a round (${DEFAULT-VALUE}).")
  private int seconds;

  @Option(names = "--rounds", defaultValue = "21", description = "Rounds each (${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--rate",
      defaultValue = "1000",
      description = "Requests per second (${DEFAULT-VALUE}).")
  private int rate;

  private final ObjectMapper mapper = new ObjectMapper();

  @Override
  public Integer call() throws Exception {
    try (Servers servers = new Servers()) {
      Server legacy = servers.canned(CannedServer.Mode.JSON, 300);
      Map<String, Integer> candidates = new LinkedHashMap<>();
      candidates.put("healthy", servers.canned(CannedServer.Mode.JSON, 300).port());
      candidates.put("hang", servers.canned(CannedServer.Mode.HANG, 0).port());
      candidates.put("reset", servers.canned(CannedServer.Mode.RESET, 0).port());
      candidates.put("flood", servers.canned(CannedServer.Mode.FLOOD, 0).port());
      Server facade = servers.banyan(rules(legacy.port(), candidates), "isolation");
      servers.leaveMeasuredCore();

      List<String> routes = new ArrayList<>(List.of("off"));
      routes.addAll(candidates.keySet());
      System.err.println("banyan bench: warming up…");
      for (String route : routes) {
        load(facade, route).paced(Duration.ofSeconds(WARM_UP_SECONDS), 2d * rate);
      }
      Map<String, List<LoadResult>> results = new LinkedHashMap<>();
      routes.forEach(route -> results.put(route, new ArrayList<>()));
      long resident = 0;
      for (int round = 1; round <= rounds; round++) {
        System.err.println("banyan bench: round " + round + " of " + rounds);
        Collections.rotate(routes, 1);
        for (String route : routes) { // in turns, as other load on the machine comes and goes
          results
              .computeIfAbsent(route, r -> new ArrayList<>())
              .add(load(facade, route).paced(Duration.ofSeconds(seconds), rate));
          resident = Math.max(resident, ProcessCpu.residentBytes(facade.process().toHandle()));
        }
      }
      return print(results, resident, servers.dataOf("isolation"));
    }
  }

  private static HttpLoad load(Server facade, String route) {
    return new HttpLoad(facade.port(), "/" + route, 32);
  }

  private int print(Map<String, List<LoadResult>> results, long resident, Path data)
      throws IOException, InterruptedException {
    double off = p99(results.getOrDefault("off", List.of()));
    boolean held = true;
    System.out.printf(
        "%nLive answers at %d requests/s, medians of %d rounds of %d s, 100 %% shadowed%n%n",
        rate, rounds, seconds);
    System.out.printf(
        "%-10s %10s %10s %8s %10s  %s%n",
        "candidate", "p50 us", "p99 us", "errors", "p99/off", "drops");
    for (var result : results.entrySet()) {
      double p50 = median(result.getValue().stream().mapToDouble(LoadResult::p50Micros).toArray());
      double p99 = p99(result.getValue());
      long errors = result.getValue().stream().mapToLong(LoadResult::errors).sum();
      held &= errors == 0 && p99 <= LIMIT * off;
      System.out.printf(
          "%-10s %10.0f %10.0f %8d %9.2fx  %s%n",
          result.getKey(), p50, p99, errors, p99 / off, drops(result.getKey(), data));
    }
    results.forEach(
        (route, rounds) ->
            System.out.printf(
                "%-10s p99 us of each round:%s%n",
                route,
                rounds.stream()
                    .map(r -> " %.0f".formatted(r.p99Micros()))
                    .collect(Collectors.joining())));
    System.out.printf("%nlargest resident memory of the facade: %d MiB%n", resident >> 20);
    System.out.printf(
        "%s: every p99 within %.1fx of no shadowing%n", held ? "held" : "NOT held", LIMIT);
    return held ? 0 : 1;
  }

  private static double p99(List<LoadResult> results) {
    return median(results.stream().mapToDouble(LoadResult::p99Micros).toArray());
  }

  private static double median(double[] values) {
    java.util.Arrays.sort(values);
    return values[values.length / 2];
  }

  /** What the facade's own evidence says was skipped. */
  private String drops(String route, Path data) throws IOException, InterruptedException {
    URI admin = URI.create(Files.readString(data.resolve("admin-url")).strip() + "/");
    HttpRequest request =
        HttpRequest.newBuilder(admin.resolve("/api/v1/routes/" + route + "/evidence"))
            .header(
                "Authorization", "Bearer " + Files.readString(data.resolve("admin-token")).strip())
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      JsonNode evidence = mapper.readTree(client.send(request, BodyHandlers.ofString()).body());
      return evidence.path("skipped").toString();
    }
  }

  private static String rules(int legacy, Map<String, Integer> candidates) {
    StringBuilder rules =
        new StringBuilder(
            "version: 1\nupstreams:\n  legacy: { url: http://127.0.0.1:" + legacy + " }\n");
    candidates.forEach(
        (name, port) -> rules.append("  " + name + ": { url: http://127.0.0.1:" + port + " }\n"));
    rules.append("routes:\n  - { id: \"off\", match: { path: /off }, legacy: legacy }\n");
    candidates.forEach(
        (name, port) ->
            rules
                .append("  - { id: " + name + ", match: { path: /" + name + " }, legacy: legacy, ")
                .append("migrated: " + name + ", stage: shadow, shadow: { timeout: 2s } }\n"));
    return rules.toString();
  }
}
