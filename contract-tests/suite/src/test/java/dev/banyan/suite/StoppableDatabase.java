package dev.banyan.suite;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;

/**
 * A PostgreSQL that belongs to no facade, and can be stopped and started on the same folder and
 * port. It keeps what it commits, as a real one does: the library's own speed comes from not doing
 * so.
 */
final class StoppableDatabase implements AutoCloseable {
  private static final Duration STARTS_WITHIN = Duration.ofSeconds(30);

  private final Path folder;
  private final int port = Processes.freePort();
  private EmbeddedPostgres server;

  /** How it ends. */
  enum Stop {
    /** Connections are ended, then all is written (SIGINT). */
    FAST("INT"),
    /** As in a crash: the next start recovers from the log (SIGQUIT). */
    IMMEDIATE("QUIT");

    private final String signal;

    Stop(String signal) {
      this.signal = signal;
    }
  }

  StoppableDatabase(Path folder) throws IOException {
    this.folder = folder;
    server = launch();
  }

  /** What a facade needs to use it. */
  Map<String, String> environment() {
    return Map.of(
        "BANYAN_DATABASE_URL",
        "jdbc:postgresql://127.0.0.1:" + port + "/postgres",
        "BANYAN_DATABASE_USER",
        "postgres",
        "BANYAN_DATABASE_PASSWORD",
        "postgres");
  }

  /** All that the ledger holds, asked of the database itself. */
  LedgerContent ledger() throws SQLException {
    return LedgerContent.read(server.getPostgresDatabase());
  }

  /** Returns once the postmaster is gone. */
  void stop(Stop how) throws IOException, InterruptedException {
    String pid = Files.readAllLines(folder.resolve("postmaster.pid")).getFirst().strip();
    new ProcessBuilder("kill", "-" + how.signal, pid).start().waitFor();
    Await.until(
        () -> ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive).isEmpty(),
        "PostgreSQL is gone");
  }

  void start() throws IOException {
    // The library's own lock, and what a crash leaves.
    Files.deleteIfExists(folder.resolve("epg-lock"));
    Files.deleteIfExists(folder.resolve("postmaster.pid"));
    server = launch();
  }

  private EmbeddedPostgres launch() throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectory(folder)
        .setCleanDataDirectory(false)
        .setRegisterShutdownHook(true)
        .setPGStartupWait(STARTS_WITHIN)
        .setPort(port)
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("max_connections", "64")
        .setServerConfig("unix_socket_directories", "")
        .setLocaleConfig("locale", "C")
        .start();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
