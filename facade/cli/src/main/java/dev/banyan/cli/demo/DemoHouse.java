package dev.banyan.cli.demo;

import dev.banyan.cli.AdminClient;
import dev.banyan.cli.CommandFailed;
import dev.banyan.cli.Screen;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/** The three processes of the demo and their temporary folder. */
final class DemoHouse implements AutoCloseable {
  private static final Duration READY = Duration.ofSeconds(60);
  private static final Duration GRACE = Duration.ofSeconds(12);
  private static final Pattern URL = Pattern.compile("http://[0-9.]+:[0-9]+");

  private final Path home;
  private final Path folder;
  private final Screen screen;
  private final List<Child> children = new ArrayList<>();
  private final Object stopping = new Object();
  private volatile boolean closed;
  private String facade = "";

  DemoHouse(Path home, Screen screen) {
    this.home = home;
    this.screen = screen;
    try {
      this.folder = Files.createTempDirectory("banyan-demo-");
    } catch (IOException e) {
      throw new CommandFailed("Cannot make a temporary folder: " + e);
    }
  }

  Path data() {
    return folder.resolve("data");
  }

  String facade() {
    return facade;
  }

  /** Starts legacy and catalog together, then the facade in front of them. */
  AdminClient open() throws IOException, InterruptedException {
    var legacy =
        start(
            "the sample legacy",
            "legacy-adapters/sample-legacy/target/banyan-sample-legacy-0.1.0-SNAPSHOT-run.jar",
            List.of("--port", "0"));
    var catalog =
        start(
            "the catalog module",
            "migrated-modules/catalog/target/quarkus-app/quarkus-run.jar",
            List.of("--port", "0", "--data", folder.resolve("catalog").toString()));
    var legacyUrl = url(legacy.await(DemoHouse::listens, READY));
    // Said where Mono is missing, before the line that it listens.
    legacy.kept(line -> line.contains("NOT THE REAL")).forEach(screen::note);
    screen.note("demo: legacy at " + legacyUrl);
    try (var first = new DemoTraffic(legacyUrl)) {
      first.wakeUp();
    }
    var catalogUrl = url(catalog.await(DemoHouse::listens, READY));
    screen.note("demo: catalog at " + catalogUrl);

    var rules = folder.resolve("rules.yaml");
    Files.writeString(rules, DemoRules.of(legacyUrl, catalogUrl));
    int port = freePort();
    int adminPort = freePort();
    facade = "http://127.0.0.1:" + port;
    var process =
        start(
            "the facade",
            "facade/app/target/quarkus-app/quarkus-run.jar",
            List.of(
                "--rules", rules.toString(),
                "--port", Integer.toString(port),
                "--admin-port", Integer.toString(adminPort),
                "--data", data().toString()));
    return ready(process, URI.create("http://127.0.0.1:" + adminPort));
  }

  private AdminClient ready(Child process, URI url) throws IOException, InterruptedException {
    var token = data().resolve("admin-token");
    var deadline = System.nanoTime() + READY.toNanos();
    while (System.nanoTime() - deadline < 0) {
      if (!process.alive()) {
        throw process.failed("ended");
      }
      if (health(url)) {
        screen.note("demo: facade at " + facade + ", admin at " + url);
        return AdminClient.of(url, Files.readString(token).strip(), token.toString());
      }
      DemoCommand.pause(Duration.ofMillis(150));
    }
    throw process.failed("was not ready after " + READY.toSeconds() + " s");
  }

  private static boolean health(URI url) throws InterruptedException {
    var probe =
        HttpRequest.newBuilder(url.resolve("/q/health/ready"))
            .timeout(Duration.ofSeconds(5))
            .build();
    try (var http = HttpClient.newHttpClient()) {
      return http.send(probe, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  private synchronized Child start(String name, String jar, List<String> arguments) {
    if (closed) {
      throw new CommandFailed("The demo is ending.");
    }
    var file = home.resolve(jar);
    if (!Files.isRegularFile(file)) {
      throw new CommandFailed(name + ": " + file + " is not built (expected: ./banyan builds it)");
    }
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
    command.add("-Dbanyan.home=" + home);
    command.addAll(List.of("-jar", file.toString()));
    command.addAll(arguments);
    var child = Child.start(name, command);
    children.add(child);
    return child;
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static boolean listens(String line) {
    return line.contains("listening on http");
  }

  private static String url(String line) {
    var found = URL.matcher(line);
    if (!found.find()) {
      throw new CommandFailed("ready line: " + line + " (expected: … http://127.0.0.1:PORT)");
    }
    return found.group();
  }

  boolean ending() {
    return closed;
  }

  /** Stops all of them side by side and removes the folder; safe to call twice. */
  @Override
  public void close() {
    // Whoever comes second (the end of the story, or Ctrl-C) waits until all is stopped.
    synchronized (stopping) {
      if (!closed) {
        stopAll();
      }
    }
  }

  private void stopAll() {
    List<Child> started;
    synchronized (this) {
      closed = true;
      started = List.copyOf(children);
    }
    try (var stops = Executors.newVirtualThreadPerTaskExecutor()) {
      started.forEach(child -> stops.execute(() -> child.stop(GRACE)));
    }
    Leftovers.end(folder);
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      screen.note("demo: could not remove " + folder + ": " + e.getMessage());
    }
  }
}
