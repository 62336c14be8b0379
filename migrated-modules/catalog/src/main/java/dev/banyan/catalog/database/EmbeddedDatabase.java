package dev.banyan.catalog.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** A PostgreSQL server in a folder that belongs to this process as long as it lives. */
public final class EmbeddedDatabase implements AutoCloseable {

  private enum AtTheEnd {
    KEEP_FOLDER,
    REMOVE_FOLDER
  }

  private final Path folder;
  private final FileChannel lock;
  private final EmbeddedPostgres server;
  private final String password;
  private final AtTheEnd atTheEnd;

  private EmbeddedDatabase(
      Path folder, FileChannel lock, EmbeddedPostgres server, String password, AtTheEnd atTheEnd) {
    this.folder = folder;
    this.lock = lock;
    this.server = server;
    this.password = password;
    this.atTheEnd = atTheEnd;
  }

  /** A database that is gone when it is closed. */
  public static EmbeddedDatabase inTemporaryFolder() throws IOException {
    return start(Files.createTempDirectory("banyan-catalog-"), AtTheEnd.REMOVE_FOLDER);
  }

  /**
   * A database whose data stays in the given folder.
   *
   * @throws IllegalStateException where another process has that folder
   */
  public static EmbeddedDatabase in(Path folder) throws IOException {
    return start(Files.createDirectories(folder).toRealPath(), AtTheEnd.KEEP_FOLDER);
  }

  private static EmbeddedDatabase start(Path folder, AtTheEnd atTheEnd) throws IOException {
    FileChannel lock = lock(folder);
    try {
      Path data = folder.resolve("postgres");
      // Only under the lock: a postmaster in a folder that nobody else holds has lost its owner.
      LeftoverPostmaster.in(data).ifPresent(LeftoverPostmaster::stop);
      Path password = password(folder);
      EmbeddedPostgres server =
          EmbeddedPostgres.builder()
              .setDataDirectory(data)
              .setCleanDataDirectory(false)
              .setOverrideWorkingDirectory(binaries(folder).toFile())
              .setRegisterShutdownHook(false)
              .setPGStartupWait(Duration.ofSeconds(60))
              // The library is made for tests: it trusts everybody and does not wait for the disk.
              .setServerConfig("fsync", "on")
              .setServerConfig("synchronous_commit", "on")
              .setLocaleConfig("auth", "scram-sha-256")
              .setLocaleConfig("pwfile", password.toString())
              .setLocaleConfig("locale", "C")
              .setConnectConfig("password", Files.readString(password))
              .start();
      return new EmbeddedDatabase(folder, lock, server, Files.readString(password), atTheEnd);
    } catch (IOException | RuntimeException failure) {
      lock.close();
      throw failure;
    }
  }

  /** A file that only its owner reads. */
  private static Path password(Path folder) throws IOException {
    Path file = folder.resolve("database-password");
    if (Files.exists(file)) {
      return file;
    }
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.writeString(file, HexFormat.of().formatHex(secret));
  }

  private static FileChannel lock(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve("catalog.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException heldByThisProcess) {
      // Said below, together with the folders that another process holds.
    }
    channel.close();
    throw new IllegalStateException(
        "data folder: " + folder + " (expected: one that no running catalog uses)");
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

  /** With the role's password in it: not for logs. */
  public String jdbcUrl() {
    return server.getJdbcUrl("postgres", "postgres") + "&password=" + password;
  }

  Path folder() {
    return folder;
  }

  @Override
  public void close() {
    try {
      server.close();
      lock.close();
      if (atTheEnd == AtTheEnd.REMOVE_FOLDER) {
        removeFolder();
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void removeFolder() throws IOException {
    List<Path> children;
    try (Stream<Path> walk = Files.walk(folder)) {
      children = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path child : children) {
      Files.deleteIfExists(child);
    }
  }
}
