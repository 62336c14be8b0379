package dev.banyan.bench;

import dev.banyan.bench.Servers.Server;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How many clients that say nothing the facade holds, and what each of them costs. */
@Command(
    name = "connections",
    description = "17,000 idle clients in one process, and 100,000 over six on one port.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:  ./banyan bench connections --idle 17000"})
final class ConnectionsBench implements Callable<Integer> {
  private static final double MOST_BYTES = 6 * 1024;
  private static final int ACTIVE = 500;
  private static final int PER_HOLDER = 17_000;

  /** Nobody listens there: the facade goes on without its store, and six of them start sooner. */
  private static final Map<String, String> NO_STORE =
      Map.of("BANYAN_DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/none");

  @Option(
      names = "--idle",
      defaultValue = "17000",
      description = "Idle clients of one process (${DEFAULT-VALUE}).")
  private int idle;

  @Option(
      names = "--many",
      defaultValue = "100000",
      description = "Clients over several processes; 0 to leave this out (${DEFAULT-VALUE}).")
  private int many;

  @Option(
      names = "--processes",
      defaultValue = "6",
      description = "Facades that share a port (${DEFAULT-VALUE}).")
  private int processes;

  /** Connections that another process holds. */
  private record Held(Process process, BufferedReader out, int count) {
    int askAll() throws IOException {
      Writer in = process.outputWriter(StandardCharsets.US_ASCII);
      in.write("ask\n");
      in.flush();
      return number(out);
    }

    static int number(BufferedReader out) throws IOException {
      String line = out.readLine();
      return line == null ? 0 : Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1));
    }
  }

  @Override
  public Integer call() throws Exception {
    boolean one = onOneProcess();
    return (many == 0 || onSeveral()) && one ? 0 : 1;
  }

  private boolean onOneProcess() throws IOException, InterruptedException {
    try (Servers servers = new Servers()) {
      Server upstream = servers.canned(CannedServer.Mode.JSON, 300);
      Server facade = servers.banyan(rules(upstream.port()), "connections");
      servers.leaveMeasuredCore();
      System.err.println("banyan bench: warming up…");
      for (int i = 0; i < 3; i++) {
        active(facade, 4);
      }
      JavaProcess java = new JavaProcess(facade.process().toHandle());
      long heapBefore = java.liveHeap();
      long before = java.resident();
      System.err.println("banyan bench: opening " + idle + " connections…");
      Held held = held(clients(servers, facade.port(), idle, 0));
      long heap = java.liveHeap() - heapBefore;
      long resident = java.resident() - before;
      System.err.println("banyan bench: " + ACTIVE + " clients beside them…");
      LoadResult load = active(facade, 8);
      int answered = held.askAll();
      double perClient = (double) Math.max(resident, heap) / Math.max(1, held.count());
      System.out.printf(
          "%nOne process, %d idle clients, %d active%n%n%-36s %12d%n%-36s %12d%n%-36s %12d%n%-36s %12.0f%n%-36s %12.0f%n%-36s %12d%n%-36s %12d%n%n",
          idle,
          ACTIVE,
          "held",
          held.count(),
          "of them answered at the end",
          answered,
          "file descriptors of the facade",
          java.descriptors(),
          "growth of resident memory, B each",
          (double) resident / Math.max(1, held.count()),
          "growth of live heap, B each",
          (double) heap / Math.max(1, held.count()),
          "requests of the active",
          load.requests(),
          "errors of the active",
          load.errors());
      boolean all = held.count() == idle && answered == idle;
      Verdicts.print(all, "every idle client is held and answered");
      Verdicts.print(load.errors() == 0, "no error of the active clients");
      Verdicts.print(
          perClient <= MOST_BYTES, "at most 6 kB of memory each: %.0f B".formatted(perClient));
      return all && load.errors() == 0 && perClient <= MOST_BYTES;
    }
  }

  private static LoadResult active(Server facade, int seconds) throws IOException {
    return new HttpLoad(facade.port(), "/api/products/AB-1", ACTIVE)
        .closed(Duration.ofSeconds(seconds));
  }

  private boolean onSeveral() throws IOException, InterruptedException {
    try (Servers servers = new Servers()) {
      Server upstream = servers.canned(CannedServer.Mode.JSON, 300);
      int port = Servers.freePort();
      List<Server> facades = new ArrayList<>();
      for (int i = 0; i < processes; i++) {
        System.err.println("banyan bench: starting facade " + (i + 1) + " of " + processes);
        facades.add(
            servers.banyanOn(
                port,
                rules(upstream.port()),
                "many" + i,
                NO_STORE,
                List.of("-Dbanyan.reuse-port=true", "-Dbanyan.edge.idle=15m", "-Xmx384m")));
        ready(servers, "many" + i);
      }
      System.err.println("banyan bench: opening " + many + " connections…");
      long begun = System.nanoTime();
      List<Process> clients = new ArrayList<>();
      for (int left = many, i = 1; left > 0; left -= PER_HOLDER, i++) {
        clients.add(clients(servers, port, Math.min(left, PER_HOLDER), i));
      }
      List<Held> holders = new ArrayList<>();
      for (Process process : clients) {
        holders.add(held(process));
      }
      double seconds = (System.nanoTime() - begun) / 1e9;
      int held = holders.stream().mapToInt(Held::count).sum();
      int answered = 0;
      for (Held holder : holders) {
        answered += holder.askAll();
      }
      System.out.printf("%n%d processes on one port, %d clients%n%n", processes, many);
      System.out.printf(
          "%-36s %12d%n%-36s %12d%n", "held", held, "of them answered at the end", answered);
      System.out.printf("%-36s %12.0f%n", "seconds to open them", seconds);
      for (Server facade : facades) {
        JavaProcess java = new JavaProcess(facade.process().toHandle());
        System.out.printf(
            "%-36s %12d%n", "descriptors of process " + facade.process().pid(), java.descriptors());
      }
      System.out.println();
      boolean all = held == many && answered == many;
      Verdicts.print(all, many + " clients are held and answered by " + processes + " processes");
      return all;
    }
  }

  /** That a port is open says little where several have it open. */
  private static void ready(Servers servers, String name) throws InterruptedException {
    for (int i = 0;
        i < 600 && !java.nio.file.Files.exists(servers.dataOf(name).resolve("admin-url"));
        i++) {
      Thread.sleep(50);
    }
  }

  private static Process clients(Servers servers, int port, int count, int number)
      throws IOException {
    return servers.own(
        IdleClients.class,
        List.of(Integer.toString(port), Integer.toString(count), Integer.toString(number)));
  }

  /** Waits until a process has opened what it was asked for. */
  private static Held held(Process process) throws IOException {
    BufferedReader out = process.inputReader(StandardCharsets.US_ASCII);
    return new Held(process, out, Held.number(out));
  }

  private static String rules(int upstream) {
    return "version: 1\nupstreams: { legacy: { url: \"http://127.0.0.1:%d\" } }\nroutes: [ { id: all, match: { path: /** }, legacy: legacy } ]\n"
        .formatted(upstream);
  }
}
