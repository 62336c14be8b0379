package dev.banyan.legacy.sample;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The real thing: {@code web/} compiled and run by Mono from a fresh folder. Never rebuilt in
 * place, because a new {@code bin/Legacy.dll} takes the running application off the network.
 */
final class MonoProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /**
   * Each way of answering is asked once, alone, before the system is ready: Mono answers 500 with
   * nothing in it when the first requests to one of them come at the same time.
   */
  private static final List<String> WARM_UP =
      List.of("/OrdersDc.ashx", "/Orders.ashx", "/api/products/AB-1", "/CatalogService.asmx?WSDL");

  private final Path folder;
  private final Process process;
  private final URI uri;
  private final Thread onExit = new Thread(this::end, "sample-legacy-end");

  private MonoProcess(Path folder, Process process, URI uri) {
    this.folder = folder;
    this.process = process;
    this.uri = uri;
  }

  /** Mono is not there or not complete; the message is the reason. */
  static final class Unavailable extends IOException {
    private static final long serialVersionUID = 1L;

    Unavailable(String message) {
      super(message);
    }
  }

  static boolean installed() {
    return onPath("mcs") && onPath("mono");
  }

  static MonoProcess start(Path web, int wantedPort) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("sample-legacy-").toRealPath();
    MonoProcess started = null;
    try {
      Path app = folder.resolve("web");
      copy(web, app);
      compile(folder, app);
      int port = wantedPort == 0 ? freePort() : wantedPort;
      var command =
          new ProcessBuilder("mono", "--debug", "bin/Legacy.dll", "" + port, app.toString())
              .directory(app.toFile())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("mono.log").toFile());
      command.environment().put("MONO_IOMAP", "all");
      command.environment().put("TZ", "UTC");
      started = new MonoProcess(folder, command.start(), URI.create("http://127.0.0.1:" + port));
      Runtime.getRuntime().addShutdownHook(started.onExit);
      started.awaitFirstAnswers();
      return started;
    } catch (IOException | InterruptedException | RuntimeException e) {
      if (started == null) {
        delete(folder);
      } else {
        started.close();
      }
      throw e;
    }
  }

  URI uri() {
    return uri;
  }

  @Override
  public void close() {
    end();
    try {
      Runtime.getRuntime().removeShutdownHook(onExit);
    } catch (IllegalStateException e) {
      // The process is going down already: the hook runs, and ending twice does no harm.
    }
  }

  private void end() {
    process.destroy();
    try {
      if (!process.waitFor(3, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor(3, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    delete(folder);
  }

  private static void compile(Path folder, Path app) throws IOException, InterruptedException {
    Path log = folder.resolve("mcs.log");
    Process build =
        new ProcessBuilder("sh", "build.sh")
            .directory(app.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (build.waitFor() == 0) {
      return;
    }
    String output = Files.readString(log);
    if (output.contains("CS0006")) {
      throw new Unavailable("assemblies are missing: " + output.lines().findFirst().orElse(""));
    }
    throw new IOException("sample legacy: does not compile (expected: it does)\n" + output);
  }

  private void awaitFirstAnswers() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try (var client = HttpClient.newHttpClient()) {
      for (String path : WARM_UP) {
        awaitFirstAnswer(client, path, deadline);
      }
    }
  }

  private void awaitFirstAnswer(HttpClient client, String path, long deadline)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(uri.resolve(path)).timeout(PATIENCE).GET().build();
    while (process.isAlive() && System.nanoTime() < deadline) {
      try {
        var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() == 200) {
          return;
        }
        throw new Unavailable("its first answer to " + path + " was " + answer.statusCode());
      } catch (java.net.ConnectException e) {
        // Not listening yet. Waiting on the process notices at once when it dies instead.
        process.waitFor(50, TimeUnit.MILLISECONDS);
      }
    }
    throw new Unavailable("it gave no answer: " + Files.readString(folder.resolve("mono.log")));
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  private static boolean onPath(String program) {
    String path = System.getenv("PATH");
    return path != null
        && List.of(path.split(File.pathSeparator, -1)).stream()
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  private static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
