package dev.banyan.bench;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Starts what a benchmark compares, each in a process of its own, and stops all of it at the end.
 */
final class Servers implements AutoCloseable {
  /** The core that what is measured has to itself; everything else runs on the others. */
  private static final String MEASURED_CORE = "0";

  private final Path folder;
  private final Path home = Path.of(System.getProperty("banyan.home", "."));
  private final List<Process> processes = new ArrayList<>();
  private final Optional<Path> taskset = find("taskset");

  Servers() throws IOException {
    folder = Files.createTempDirectory("banyan-bench");
    Runtime.getRuntime().addShutdownHook(new Thread(this::stopAll));
  }

  /** A server that is listening. */
  record Server(String name, Process process, int port) {}

  boolean pins() {
    return taskset.isPresent() && Runtime.getRuntime().availableProcessors() > 1;
  }

  /** Moves this process, the load generator, off the measured core. */
  void leaveMeasuredCore() throws IOException, InterruptedException {
    if (pins()) {
      new ProcessBuilder(
              "taskset",
              "-a",
              "-c",
              "-p",
              otherCores(),
              Long.toString(ProcessHandle.current().pid()))
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    }
  }

  Server canned(CannedServer.Mode mode, int size) throws IOException {
    List<String> command =
        List.of(
            java(),
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            CannedServer.class.getName(),
            mode.name().toLowerCase(Locale.ROOT),
            Integer.toString(size));
    Process process =
        start(pinned(otherCores(), command), ProcessBuilder.Redirect.PIPE, "canned-" + mode);
    var out = process.inputReader(StandardCharsets.UTF_8);
    return new Server("direct", process, Integer.parseInt(out.readLine().strip()));
  }

  /** The whole facade, with the rules given. */
  Server banyan(String rules, String name) throws IOException {
    int port = freePort();
    Path file = Files.writeString(folder.resolve(name + ".yaml"), rules);
    Path data = folder.resolve(name + "-data");
    List<String> command = new ArrayList<>(List.of(java(), "--enable-native-access=ALL-UNNAMED"));
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("-Xmx512m");
    String options = System.getenv("BANYAN_JAVA_OPTIONS");
    if (options != null && !options.isBlank()) {
      command.addAll(List.of(options.strip().split("\\s+")));
    }
    command.addAll(
        List.of(
            "-jar",
            home.resolve("facade/app/target/quarkus-app/quarkus-run.jar").toString(),
            "--rules",
            file.toString(),
            "--port",
            Integer.toString(port),
            "--admin-port",
            Integer.toString(freePort()),
            "--data",
            data.toString()));
    return listening("banyan", measured(command, name), port);
  }

  /** The folder of a facade that {@link #banyan} started. */
  Path dataOf(String name) {
    return folder.resolve(name + "-data");
  }

  Optional<Server> nginx(int upstream) throws IOException {
    Optional<Path> program = find("nginx");
    if (program.isEmpty()) {
      return Optional.empty();
    }
    int port = freePort();
    String config =
        """
        daemon off; worker_processes 1; pid %1$s/nginx.pid; error_log %1$s/nginx.log;
        events { worker_connections 4096; }
        http {
          access_log off; client_body_temp_path %1$s/b; proxy_temp_path %1$s/p;
          fastcgi_temp_path %1$s/f; uwsgi_temp_path %1$s/u; scgi_temp_path %1$s/s;
          keepalive_requests 100000000;
          upstream up { server 127.0.0.1:%2$d; keepalive 64; keepalive_requests 100000000; }
          server {
            listen 127.0.0.1:%3$d;
            location / {
              proxy_pass http://up; proxy_http_version 1.1; proxy_set_header Connection "";
              proxy_set_header Host $host; proxy_set_header X-Forwarded-For $remote_addr;
              proxy_set_header X-Forwarded-Proto $scheme; proxy_set_header X-Forwarded-Host $host;
            }
          }
        }
        """
            .formatted(folder, upstream, port);
    Path file = Files.writeString(folder.resolve("nginx.conf"), config);
    return Optional.of(
        listening(
            "nginx",
            measured(List.of(program.get().toString(), "-c", file.toString()), "nginx"),
            port));
  }

  Optional<Server> haproxy(int upstream) throws IOException {
    Optional<Path> program = find("haproxy");
    if (program.isEmpty()) {
      return Optional.empty();
    }
    int port = freePort();
    String config =
        """
        global
          nbthread 1
          maxconn 4096
        defaults
          mode http
          timeout connect 5s
          timeout client 60s
          timeout server 60s
          option forwardfor
          http-reuse always
        frontend in
          bind 127.0.0.1:%d
          default_backend up
        backend up
          server one 127.0.0.1:%d
        """
            .formatted(port, upstream);
    Path file = Files.writeString(folder.resolve("haproxy.cfg"), config);
    return Optional.of(
        listening(
            "haproxy",
            measured(List.of(program.get().toString(), "-db", "-f", file.toString()), "haproxy"),
            port));
  }

  void stop(Server server) {
    stop(server.process());
  }

  @Override
  public void close() throws IOException {
    stopAll();
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(f -> f.toFile().delete());
    }
  }

  private void stopAll() {
    processes.forEach(this::stop);
  }

  private void stop(Process process) {
    List<ProcessHandle> tree = process.descendants().toList();
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    tree.forEach(ProcessHandle::destroyForcibly);
  }

  private Process measured(List<String> command, String name) throws IOException {
    return start(
        pinned(MEASURED_CORE, command),
        ProcessBuilder.Redirect.appendTo(folder.resolve(name + ".out").toFile()),
        name);
  }

  private Process start(List<String> command, ProcessBuilder.Redirect out, String name)
      throws IOException {
    File errors = folder.resolve(name + ".err").toFile();
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out)
            .redirectError(ProcessBuilder.Redirect.appendTo(errors))
            .start();
    processes.add(process);
    return process;
  }

  private Server listening(String name, Process process, int port) throws IOException {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (System.nanoTime() < end && process.isAlive()) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
        return new Server(name, process, port);
      } catch (IOException e) {
        pause();
      }
    }
    throw new IOException(name + " did not listen on port " + port + "; see " + folder);
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<String> pinned(String cores, List<String> command) {
    if (!pins()) {
      return command;
    }
    List<String> all = new ArrayList<>(List.of("taskset", "-c", cores));
    all.addAll(command);
    return all;
  }

  private static String otherCores() {
    int last = Runtime.getRuntime().availableProcessors() - 1;
    return last <= 1 ? "1" : "1-" + last;
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Path> find(String program) {
    String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/usr/local/sbin";
    return Stream.of(path.split(":"))
        .map(f -> Path.of(f, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
