package dev.banyan.suite;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The migrated module that writes, as a real process on a port that stays when it is killed. */
final class Orders implements AutoCloseable {
  private static final Pattern LISTENING =
      Pattern.compile("orders: listening on (http://127\\.0\\.0\\.1:\\d+)");

  private final Path folder;
  private final OrderTables tables;
  private final int port = Processes.freePort();
  private int starts;
  private Process process;

  private Orders(Path folder, OrderTables tables) throws IOException {
    this.folder = folder;
    this.tables = tables;
    this.process = launch();
  }

  static Orders start(Path folder, OrderTables tables) throws IOException {
    return new Orders(folder, tables);
  }

  int port() {
    return port;
  }

  OrderTables tables() {
    return tables;
  }

  /** As {@code kill -9}. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  void restart() throws IOException {
    process = launch();
  }

  private Process launch() throws IOException {
    Path output = folder.resolve(tables.name() + "-" + starts++ + ".out");
    Process started =
        Processes.start(
            Processes.jar("migrated-modules/orders/target/quarkus-app/quarkus-run.jar"),
            output,
            List.of(),
            Map.of(
                // It starts in half the time, and is not measured.
                "JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
                // The database of the tests is a small one.
                "QUARKUS_DATASOURCE_JDBC_MAX_SIZE", "6",
                "ORDERS_PORT", Integer.toString(port),
                "ORDERS_DATABASE_URL", tables.url(),
                "ORDERS_DATABASE_USER", tables.user(),
                "ORDERS_DATABASE_PASSWORD", tables.password()));
    String unused = Processes.awaitLine(started, output, LISTENING);
    return started;
  }

  @Override
  public void close() {
    Processes.stop(process);
  }
}
