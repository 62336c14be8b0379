package dev.banyan.app.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server in a folder that belongs to this process as long as it lives. One that ends
 * by itself, or does not come up, is started again and again. See
 * docs/adr/0006-embedded-postgres.md.
 */
public final class EmbeddedDatabase implements AutoCloseable {
  private static final Logger LOG = System.getLogger(EmbeddedDatabase.class.getName());
  private static final long LOOKS_EVERY_MILLIS = 1000;
  private static final Duration CLOSES_WITHIN = Duration.ofSeconds(20);

  private final FileChannel lock;
  private final Cluster cluster;
  private final CountDownLatch firstTried = new CountDownLatch(1);
  private final Thread keeper;
  private volatile @Nullable EmbeddedPostgres server;
  private boolean told;

  private EmbeddedDatabase(FileChannel lock, Cluster cluster) {
    this.lock = lock;
    this.cluster = cluster;
    this.keeper = Thread.ofPlatform().name("database-keeper").daemon().unstarted(this::keep);
  }

  /**
   * A database whose data stays in the given folder; its first start has been tried when this
   * returns.
   *
   * @throws IllegalStateException where another process has that folder
   */
  public static EmbeddedDatabase in(Path folder) throws IOException {
    Path home = Files.createDirectories(folder).toRealPath();
    FileChannel lock = lock(home);
    try {
      EmbeddedDatabase database = new EmbeddedDatabase(lock, Cluster.in(home));
      database.keeper.start();
      database.firstTried.await();
      return database;
    } catch (IOException failure) {
      lock.close();
      throw failure;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while starting a database", interrupted);
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

  public String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:" + cluster.port() + "/postgres";
  }

  public String user() {
    return Cluster.ROLE;
  }

  public String password() throws IOException {
    return cluster.password().value();
  }

  private void keep() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        if (cluster.gone()) {
          start();
        }
        firstTried.countDown();
        TimeUnit.MILLISECONDS.sleep(LOOKS_EVERY_MILLIS);
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    } finally {
      // Whatever ended this thread: nobody waits for it.
      firstTried.countDown();
    }
  }

  private void start() {
    try {
      server = cluster.start();
      told = false;
    } catch (IOException | RuntimeException failure) {
      if (!told) {
        LOG.log(Level.ERROR, "the embedded database does not start; it is tried again", failure);
      }
      told = true;
    }
  }

  @Override
  public void close() {
    keeper.interrupt();
    try {
      // What the keeper started last is seen once it has ended.
      keeper.join(CLOSES_WITHIN);
      EmbeddedPostgres last = server;
      if (last != null) {
        last.close();
      }
      lock.close();
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    } catch (IOException failure) {
      LOG.log(Level.WARNING, "the embedded database was not closed in order", failure);
    }
  }
}
