package dev.banyan.bench;

import dev.banyan.bench.Servers.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToLongFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * A working day in minutes: all kinds of traffic at once while rules are read again and candidates
 * fail; in between, what the facade holds is counted.
 */
@Command(
    name = "soak",
    description = "Whether heap, connections, buffers or threads grow under mixed traffic.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:  ./banyan bench soak --minutes 10"})
final class SoakBench implements Callable<Integer> {
  private static final double FLAT = 1.05;
  private static final long BUFFER_GRAIN = 4L << 20; // one chunk of Netty's allocator
  private static final int SPARE = 8;
  private static final int ROUND_SECONDS = 20;
  private static final Duration SLICE = Duration.ofSeconds(2);

  /** Longer than idle upstream connections are kept. */
  private static final Duration QUIET = Duration.ofSeconds(16);

  @Option(names = "--minutes", defaultValue = "10", description = "How long (${DEFAULT-VALUE}).")
  private int minutes;

  @Option(
      names = "--rate",
      defaultValue = "2000",
      description = "Requests per second of the well-behaved clients (${DEFAULT-VALUE}).")
  private int rate;

  /** What the facade held at one moment without traffic. */
  private record Sample(long heap, long buffers, int threads, int descriptors, long resident) {}

  private long requests;
  private long errors;
  private long badClients;
  private int reloads;
  private int refusedReloads;

  @Override
  public Integer call() throws Exception {
    try (Servers servers = new Servers()) {
      Server legacy = servers.canned(CannedServer.Mode.JSON, 300);
      Map<String, Integer> candidates = new LinkedHashMap<>();
      candidates.put("healthy", servers.canned(CannedServer.Mode.JSON, 310).port());
      candidates.put("hanging", servers.canned(CannedServer.Mode.HANG, 0).port());
      candidates.put("reset", servers.canned(CannedServer.Mode.RESET, 0).port());
      candidates.put("dead", Servers.freePort());
      int large = servers.canned(CannedServer.Mode.JSON, 100_000).port();
      String rules = rules(legacy.port(), large, candidates);
      Server facade =
          servers.banyan(
              rules, "soak", Map.of(), List.of("-XX:NativeMemoryTracking=summary", "-Xmx256m"));
      servers.leaveMeasuredCore();
      List<String> paths = new ArrayList<>(List.of(ShadowRules.OFF, "large"));
      paths.addAll(candidates.keySet());
      List<Sample> samples = new ArrayList<>();
      JavaProcess java = new JavaProcess(facade.process().toHandle());
      try (AdminSide admin = new AdminSide(servers.dataOf("soak"))) {
        int rounds = Math.max(4, minutes * 60 / (ROUND_SECONDS + 2));
        for (int round = 1; round <= rounds; round++) {
          traffic(facade, paths, servers, rules, admin);
          // The last one shows what stays when all is over.
          Thread.sleep(round == rounds ? QUIET.toMillis() : 1000);
          Sample sample = sample(java);
          samples.add(sample);
          System.err.printf(
              "banyan bench: %d of %d: heap %.1f MB, buffers %.1f MB, threads %d, descriptors %d, resident %d MB%n",
              round,
              rounds,
              sample.heap() / 1e6,
              sample.buffers() / 1e6,
              sample.threads(),
              sample.descriptors(),
              sample.resident() >> 20);
        }
      }
      return print(samples) ? 0 : 1;
    }
  }

  private void traffic(
      Server facade, List<String> paths, Servers servers, String rules, AdminSide admin)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(ROUND_SECONDS).toNanos();
    try (BadClients bad = new BadClients(facade.port())) {
      for (int i = 0; System.nanoTime() < end; i++) {
        String path = paths.get(i % paths.size());
        LoadResult load = Turns.load(facade, path).paced(SLICE, path.equals("large") ? 200 : rate);
        requests += load.requests();
        errors += load.errors();
        Files.writeString(
            servers.rulesOf("soak"),
            rules
                + "  - { id: more%d, match: { path: /more%d/** }, legacy: legacy }\n"
                    .formatted(i, i));
        reloads++;
        refusedReloads += admin.reload() / 100 == 2 ? 0 : 1;
      }
      badClients += bad.done();
    }
  }

  private static Sample sample(JavaProcess java) throws IOException, InterruptedException {
    return new Sample(
        java.liveHeap(), java.buffers(), java.threads(), java.descriptors(), java.resident());
  }

  private boolean print(List<Sample> samples) {
    // Caches, windows and journals fill at first; from then on nothing may grow.
    List<Sample> settled = samples.subList(samples.size() / 4, samples.size());
    List<Sample> early = settled.subList(0, Math.max(1, settled.size() / 3));
    List<Sample> late = settled.subList(settled.size() - early.size(), settled.size());
    System.out.printf(
        "%n%d requests, %d clients that post, leave or read slowly, %d reloads, %d samples%n%n%-32s %14s %14s%n",
        requests, badClients, reloads, samples.size(), "", "early", "late");
    row("heap after collection, kB", early, late, s -> s.heap() / 1000);
    row("buffers, kB", early, late, s -> s.buffers() / 1000);
    row("threads", early, late, Sample::threads);
    row("descriptors", early, late, Sample::descriptors);
    row("resident, MiB", early, late, s -> s.resident() >> 20);
    int left = samples.getLast().descriptors();
    System.out.printf("%-32s %14s %14d%n%n", "descriptors after a pause", "", left);
    boolean served = errors == 0 && refusedReloads == 0;
    boolean heap = median(late, Sample::heap) <= FLAT * median(early, Sample::heap);
    boolean buffers =
        median(late, Sample::buffers) <= FLAT * median(early, Sample::buffers) + BUFFER_GRAIN;
    boolean threads = median(late, Sample::threads) <= median(early, Sample::threads) + 1;
    boolean connections =
        left <= samples.stream().mapToInt(Sample::descriptors).min().orElse(0) + SPARE;
    Verdicts.print(
        served,
        "no well-behaved request failed (%d), no reload (%d)".formatted(errors, refusedReloads));
    Verdicts.print(heap, "heap flat within 5 %");
    Verdicts.print(buffers, "no leaked buffer");
    Verdicts.print(threads, "no leaked thread");
    Verdicts.print(connections, "no leaked connection");
    return served && heap && buffers && threads && connections;
  }

  private static void row(
      String name, List<Sample> early, List<Sample> late, ToLongFunction<Sample> column) {
    System.out.printf("%-32s %14d %14d%n", name, median(early, column), median(late, column));
  }

  private static long median(List<Sample> some, ToLongFunction<Sample> column) {
    long[] sorted = some.stream().mapToLong(column).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private static String rules(int legacy, int large, Map<String, Integer> candidates) {
    return ShadowRules.of(legacy, candidates)
            .replace("routes:\n", "  large: { url: http://127.0.0.1:" + large + " }\nroutes:\n")
        + "  - { id: large, match: { path: /large }, legacy: large }\n";
  }
}
