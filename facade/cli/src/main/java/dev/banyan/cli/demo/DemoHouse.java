package dev.banyan.cli.demo;

import dev.banyan.cli.AdminClient;
import dev.banyan.cli.CommandFailed;
import dev.banyan.cli.Screen;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** The three processes of the demo and their temporary folder. */
final class DemoHouse implements AutoCloseable {
  private static final Duration READY = Duration.ofSeconds(40);
  private static final Pattern URL = Pattern.compile("http://[0-9.]+:[0-9]+");

  private final Path home;
  private final Path folder;
  private final Screen screen;
  private final List<Child> children = new ArrayList<>();
  private boolean closed;
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
  AdminClient open() throws IOException {
    var legacy =
        start(
            "the sample legacy",
            "legacy-adapters/sample-legacy/target/banyan-sample-legacy-0.1.0-SNAPSHOT-run.jar",
            List.of(),
            List.of("--port", "0"));
    var replay = legacy.line(line -> line.toLowerCase(java.util.Locale.ROOT).contains("replay"));
    int catalogPort = freePort();
    var catalog =
        start(
            "the catalog module",
            "migrated-modules/catalog/target/quarkus-app/quarkus-run.jar",
            List.of(
                "-Dquarkus.http.port=" + catalogPort,
                "-Dquarkus.http.host=127.0.0.1",
                "-Djava.io.tmpdir=" + folder),
            List.of());
    var legacyUrl = url(legacy.await(line -> line.contains("listening on http"), READY));
    screen.note("demo: legacy at " + legacyUrl);
    if (replay.isDone()) {
      screen.note("demo: " + replay.join());
    }
    var catalogUrl = url(catalog.await(line -> line.contains("listening on http"), READY));
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
            List.of("-Dbanyan.home=" + home),
            List.of(
                "--rules", rules.toString(),
                "--port", Integer.toString(port),
                "--admin-port", Integer.toString(adminPort),
                "--data", data().toString()));
    return ready(process, URI.create("http://127.0.0.1:" + adminPort));
  }

  private AdminClient ready(Child process, URI url) throws IOException {
    var token = data().resolve("admin-token");
    var deadline = System.nanoTime() + READY.toNanos();
    while (System.nanoTime() - deadline < 0) {
      if (!process.alive()) {
        throw process.failed("ended");
      }
      if (Files.isRegularFile(token) && !Files.readString(token).isBlank()) {
        var admin = AdminClient.of(url, Files.readString(token).strip(), token.toString());
        if (answers(admin)) {
          screen.note("demo: facade at " + facade + ", admin at " + url);
          return admin;
        }
        admin.close();
      }
      DemoCommand.pause(Duration.ofMillis(150));
    }
    throw process.failed("was not ready after " + READY.toSeconds() + " s");
  }

  private static boolean answers(AdminClient admin) {
    try {
      return admin.get("/api/v1/routes").tree().path("routes").isArray();
    } catch (CommandFailed notYet) {
      return false;
    }
  }

  private synchronized Child start(
      String name, String jar, List<String> properties, List<String> arguments) {
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
    command.addAll(properties);
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

  private static String url(String line) {
    var found = URL.matcher(line);
    if (!found.find()) {
      throw new CommandFailed("ready line: " + line + " (expected: … http://127.0.0.1:PORT)");
    }
    return found.group();
  }

  /** Stops the facade first, as it still asks the others; safe to call twice. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    children.reversed().forEach(child -> child.stop(Duration.ofSeconds(8)));
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | java.io.UncheckedIOException e) {
      screen.note("demo: could not remove " + folder + ": " + e.getMessage());
    }
  }
}
