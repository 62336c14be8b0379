package dev.banyan.app.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** A PostgreSQL server in a folder that belongs to this process as long as it lives. */
public final class EmbeddedDatabase implements AutoCloseable {

  private final FileChannel lock;
  private final EmbeddedPostgres server;

  private EmbeddedDatabase(FileChannel lock, EmbeddedPostgres server) {
    this.lock = lock;
    this.server = server;
  }

  /**
   * A database whose data stays in the given folder.
   *
   * @throws IllegalStateException where another process has that folder
   */
  public static EmbeddedDatabase in(Path folder) throws IOException {
    return start(Files.createDirectories(folder).toRealPath());
  }

  private static EmbeddedDatabase start(Path folder) throws IOException {
    FileChannel lock = lock(folder);
    try {
      Path data = folder.resolve("postgres");
      // Only under the lock: a postmaster in a folder that nobody else holds has lost its owner.
      LeftoverPostmaster.in(data).ifPresent(LeftoverPostmaster::stop);
      EmbeddedPostgres server =
          EmbeddedPostgres.builder()
              .setDataDirectory(data)
              .setCleanDataDirectory(false)
              .setOverrideWorkingDirectory(binaries(folder).toFile())
              .setRegisterShutdownHook(false)
              .setPGStartupWait(Duration.ofSeconds(60))
              .start();
      return new EmbeddedDatabase(lock, server);
    } catch (IOException | RuntimeException failure) {
      lock.close();
      throw failure;
    }
  }

  private static FileChannel lock(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve("banyan.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException heldByThisProcess) {
      // Said below, together with the folders that another process holds.
    }
    channel.close();
    throw new IllegalStateException(
        "data folder: " + folder + " (expected: one that no running facade uses)");
  }

  /**
   * Where the server's programs are unpacked: once per user, and never in a folder that others may
   * write to, since they are executed.
   */
  private static Path binaries(Path folder) throws IOException {
    try {
      return Files.createDirectories(
          Path.of(System.getProperty("user.home"), ".cache", "banyan", "postgres"));
    } catch (IOException noHome) {
      return Files.createDirectories(folder.resolve("programs"));
    }
  }

  public String jdbcUrl() {
    return server.getJdbcUrl("postgres", "postgres");
  }

  @Override
  public void close() {
    try {
      server.close();
      lock.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
