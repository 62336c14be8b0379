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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Starts what a benchmark compares, each in a process of its own, and stops all of it at the end.
 */
final class Servers implements AutoCloseable {
  private static final Duration DATABASE_BEGINS_WITHIN = Duration.ofMinutes(1);

  private final Path folder;
  private final Path home = Path.of(System.getProperty("banyan.home", "."));
  private final List<Process> processes = new ArrayList<>();
  private final Cores cores = new Cores();

  Servers() throws IOException {
    folder = Files.createTempDirectory("banyan-bench");
    Runtime.getRuntime().addShutdownHook(new Thread(this::stopAll));
  }

  /** A server that is listening. */
  record Server(String name, Process process, int port) {}

  /** Where this run keeps its files. */
  Path folder() {
    return folder;
  }

  /** The folder of the project. */
  Path home() {
    return home;
  }

  boolean pins() {
    return cores.pins();
  }

  void leaveMeasuredCore() throws IOException, InterruptedException {
    cores.leaveMeasured();
  }

  /**
   * Moves the database that a facade has begun: that runs elsewhere in earnest, too. It is no child
   * of the facade's, and begins later than the facade listens.
   */
  void databaseLeavesMeasuredCore(String name) throws IOException, InterruptedException {
    Path file = dataOf(name).resolve("postgres").resolve("postmaster.pid");
    long end = System.nanoTime() + DATABASE_BEGINS_WITHIN.toNanos();
    while (!Files.exists(file)) {
      if (System.nanoTime() > end) {
        throw new IOException("the facade's database did not begin: there is no " + file);
      }
      pause();
    }
    long pid = Long.parseLong(Files.readAllLines(file).getFirst().strip());
    ProcessHandle database =
        ProcessHandle.of(pid)
            .orElseThrow(() -> new IOException("the facade's database has ended; see " + folder));
    cores.leaveMeasured(database);
    for (ProcessHandle child : database.descendants().toList()) {
      cores.leaveMeasured(child);
    }
  }

  /** Lets a server run only while nobody else wants its core, as if it had one of its own. */
  void giveWay(Server server) throws IOException, InterruptedException {
    cores.giveWay(server.process().toHandle());
    for (ProcessHandle child : server.process().descendants().toList()) {
      cores.giveWay(child);
    }
  }

  Server canned(CannedServer.Mode mode, int size) throws IOException {
    Process process =
        own(
            CannedServer.class,
            List.of(mode.name().toLowerCase(Locale.ROOT), Integer.toString(size)));
    var out = process.inputReader(StandardCharsets.UTF_8);
    return new Server("direct", process, Integer.parseInt(out.readLine().strip()));
  }

  /** The whole facade on the measured core, with the rules given. */
  Server banyan(String rules, String name) throws IOException {
    return banyan(rules, name, Map.of(), List.of());
  }

  /**
   * The whole facade on the measured core.
   *
   * @param environment beside what this process has
   * @param options of its Java
   */
  Server banyan(String rules, String name, Map<String, String> environment, List<String> options)
      throws IOException {
    int port = freePort();
    Process process = start(cores.measured(banyan(rules, name, port, options)), name, environment);
    return listening("banyan", process, port);
  }

  /** A facade on a port of one's choice, on any core. */
  Server banyanOn(
      int port, String rules, String name, Map<String, String> environment, List<String> options)
      throws IOException {
    return listening("banyan", start(banyan(rules, name, port, options), name, environment), port);
  }

  /** The facade of another checkout, built there, on the measured core. */
  Server banyanOf(Path checkout, String rules, List<String> options) throws IOException {
    int port = freePort();
    List<String> command = new ArrayList<>(cores.measured(banyan(rules, "beside", port, options)));
    command.set(command.indexOf(jar(home)), jar(checkout));
    return listening("beside", start(command, "beside", Map.of()), port);
  }

  private static String jar(Path checkout) {
    return checkout.resolve("facade/app/target/quarkus-app/quarkus-run.jar").toString();
  }

  /** Options of Java, as they stand in one line. */
  static List<String> words(String options) {
    return options.isBlank() ? List.of() : List.of(options.strip().split("\\s+"));
  }

  private List<String> banyan(String rules, String name, int port, List<String> options)
      throws IOException {
    Path file = Files.writeString(folder.resolve(name + ".yaml"), rules);
    List<String> command = new ArrayList<>(List.of(java(), "--enable-native-access=ALL-UNNAMED"));
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("-Xmx512m");
    // As ./banyan run does it.
    command.addAll(words(System.getProperty("banyan.run-options", "")));
    command.addAll(options);
    command.addAll(words(System.getenv().getOrDefault("BANYAN_JAVA_OPTIONS", "")));
    command.addAll(
        List.of(
            "-jar",
            jar(home),
            "--rules",
            file.toString(),
            "--port",
            Integer.toString(port),
            "--admin-port",
            Integer.toString(freePort()),
            "--data",
            dataOf(name).toString()));
    return command;
  }

  /** The rule file of a facade that {@link #banyan} started. */
  Path rulesOf(String name) {
    return folder.resolve(name + ".yaml");
  }

  /** The folder of a facade that {@link #banyan} started. */
  Path dataOf(String name) {
    return folder.resolve(name + "-data");
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

  /** Starts something on the measured core and waits until it listens. */
  Server measured(String name, List<String> command, int port) throws IOException {
    return listening(name, start(cores.measured(command), name, Map.of()), port);
  }

  /** Starts something off the measured core and waits until it listens. */
  Server other(String name, List<String> command, int port) throws IOException {
    return listening(name, start(cores.others(command), name, Map.of()), port);
  }

  /** A class of this program in a process of its own, off the measured core. */
  Process own(Class<?> main, List<String> arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                java(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(cores.others(command))
            .redirectError(ProcessBuilder.Redirect.appendTo(errorsOf(main.getSimpleName())))
            .start();
    processes.add(process);
    return process;
  }

  private File errorsOf(String name) {
    return folder.resolve(name + ".err").toFile();
  }

  private Process start(List<String> command, String name, Map<String, String> environment)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(folder.resolve(name + ".out").toFile()))
            .redirectError(ProcessBuilder.Redirect.appendTo(errorsOf(name)));
    builder.environment().putAll(environment);
    Process process = builder.start();
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

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Optional<Path> find(String program) {
    return Cores.find(program);
  }
}
