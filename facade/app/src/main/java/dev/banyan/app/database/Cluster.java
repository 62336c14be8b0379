package dev.banyan.app.database;

import dev.banyan.app.security.SecretFile;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A PostgreSQL cluster on disk, and how it is started. Whoever starts it holds the folder's lock.
 *
 * @param data the cluster's own folder
 * @param programs where the server's programs are unpacked
 * @param password of the one role; made before the cluster
 * @param port on the loopback address; the same again after a restart, for the pool knows it
 */
record Cluster(Path data, Path programs, SecretFile password, int port) {
  static final String ROLE = "postgres";
  private static final Duration STARTS_WITHIN = Duration.ofSeconds(15);
  private static final int LOOK_MILLIS = 1000;

  static Cluster in(Path folder) throws IOException {
    Path data = folder.resolve("postgres");
    SecretFile password = new SecretFile(folder.resolve("database-password"));
    if (Files.exists(data.resolve("PG_VERSION")) && !Files.exists(password.path())) {
      throw new IOException(
          "database password: "
              + password.path()
              + " is missing (expected: the file that was made together with "
              + data
              + ")");
    }
    password.provide();
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new Cluster(data, programs(folder), password, any.getLocalPort());
    }
  }

  /**
   * Once per user, and never in a folder that others may write to, since the programs are executed.
   */
  private static Path programs(Path folder) throws IOException {
    try {
      return Files.createDirectories(
          Path.of(System.getProperty("user.home"), ".cache", "banyan", "postgres"));
    } catch (IOException noHome) {
      return Files.createDirectories(folder.resolve("programs"));
    }
  }

  /** Starts the server, in place of one that lost its owner. */
  EmbeddedPostgres start() throws IOException {
    LeftoverPostmaster.clear(data);
    // The library's own lock; a start that failed in this process leaves it taken.
    Files.deleteIfExists(data.resolve("epg-lock"));
    return EmbeddedPostgres.builder()
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        .setOverrideWorkingDirectory(programs.toFile())
        .setRegisterShutdownHook(false)
        .setPGStartupWait(STARTS_WITHIN)
        .setPort(port)
        // The library is made for tests and puts speed before keeping (-F); a ledger does not.
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("max_connections", "32")
        // Nobody uses the socket file, and the lock beside it outlives a killed server.
        .setServerConfig("unix_socket_directories", "")
        // Options of initdb, which win over its "-A trust": everybody on this machine reaches
        // loopback.
        .setLocaleConfig("auth", "scram-sha-256")
        .setLocaleConfig("pwfile", password.path().toString())
        .setLocaleConfig("locale", "C")
        .setConnectConfig("password", password.value())
        .start();
  }

  /** Whether nothing listens. A server that only does not answer is not gone. */
  boolean gone() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), LOOK_MILLIS);
      return false;
    } catch (ConnectException refused) {
      return true;
    } catch (IOException unclear) {
      return false;
    }
  }
}
