package dev.banyan.orders;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** The packaged service as a process of its own. */
record OrdersProcess(String source, Process process, URI uri) implements AutoCloseable {

  private static final Path JAR =
      Path.of(
          System.getProperty("banyan.home"),
          "migrated-modules/orders/target/quarkus-app/quarkus-run.jar");
  private static final Pattern LISTENING =
      Pattern.compile("orders: listening on (http://127\\.0\\.0\\.1:\\d+)");

  /**
   * @param source by which its events are told from those of other processes
   */
  static OrdersProcess start(Path folder, String source, String database, URI target)
      throws IOException {
    Path output = folder.resolve(source.replace('/', '-') + ".out");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx192m",
                "-jar",
                JAR.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "ORDERS_PORT",
                "0",
                "ORDERS_DATABASE_URL",
                database,
                "ORDERS_EVENTS_TARGET",
                target.toString(),
                "BANYAN_OUTBOX_SOURCE",
                source,
                "BANYAN_OUTBOX_POLL",
                "100ms",
                "BANYAN_OUTBOX_FIRST_PAUSE",
                "50ms"));
    Process process = builder.start();
    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> listening(output).find() || !process.isAlive());
    Matcher line = listening(output);
    if (!line.find()) {
      throw new IllegalStateException("orders did not start:\n" + Files.readString(output));
    }
    return new OrdersProcess(source, process, URI.create(line.group(1)));
  }

  private static Matcher listening(Path output) throws IOException {
    return LISTENING.matcher(Files.readString(output));
  }

  /** As {@code kill -9}. */
  void kill() {
    process.destroyForcibly();
  }

  @Override
  public void close() {
    kill();
    process.onExit().join();
  }
}
