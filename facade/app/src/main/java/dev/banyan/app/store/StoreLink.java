package dev.banyan.app.store;

import dev.banyan.app.flipping.TableNews;
import dev.banyan.migration.FlipCoordinator;
import dev.banyan.migration.Ledger.LedgerUnavailable;
import dev.banyan.migration.TableKeeper;
import dev.banyan.rules.Stage;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/**
 * The link to the database. The data plane never waits for it: without it the facade goes on with
 * the table it has, or starts from the last one on disk, and this link keeps trying.
 */
@Singleton
public class StoreLink {
  private static final Logger LOG = System.getLogger(StoreLink.class.getName());
  private static final Duration LOOKS_EVERY = Duration.ofMillis(500);
  private static final Duration KEEPS_EVERY = Duration.ofSeconds(2);
  private static final Duration ENDS_WITHIN = Duration.ofSeconds(2);

  private final Flyway flyway;
  private final FlipCoordinator flips;
  private final TableKeeper tables;
  private final LastTableFile lastTable;
  private final TableNews news;
  private final JournalKeeper journal;
  private final LedgerNews entries;
  private final ReplicaStore replicas;
  private volatile boolean up;
  private boolean migrated;
  private volatile @Nullable Thread follower;
  private volatile @Nullable Thread keeper;

  StoreLink(
      Flyway flyway,
      FlipCoordinator flips,
      TableKeeper tables,
      LastTableFile lastTable,
      TableNews news,
      JournalKeeper journal,
      LedgerNews entries,
      ReplicaStore replicas) {
    this.flyway = flyway;
    this.flips = flips;
    this.tables = tables;
    this.lastTable = lastTable;
    this.news = news;
    this.journal = journal;
    this.entries = entries;
    this.replicas = replicas;
  }

  /**
   * Brings the table up to the ledger, or to the last table on disk, and keeps at it in the
   * background.
   */
  public void open() {
    Optional<LastTableFile.Written> written = lastTable.read();
    written.ifPresent(this::resume);
    if (!reach()) {
      tellWithout(written);
    }
    beginNews();
    follower = Thread.ofVirtual().name("store-link").start(this::follow);
    keeper = Thread.ofVirtual().name("journal-keeper").start(this::keep);
  }

  /** Whether the ledger answered when it was last asked. */
  public boolean up() {
    return up;
  }

  /** Keeps what the last seconds brought and says goodbye, if the database is there. */
  public void close() {
    Thread following = follower;
    Thread keeping = keeper;
    if (following == null || keeping == null) {
      return;
    }
    following.interrupt();
    keeping.interrupt();
    try {
      if (following.join(ENDS_WITHIN) && up) {
        leave();
      }
      if (keeping.join(ENDS_WITHIN) && up) {
        journal.keep();
      }
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  private void leave() {
    try {
      replicas.leave();
    } catch (LedgerUnavailable unheard) {
      LOG.log(Level.DEBUG, "the other replicas find out by themselves", unheard);
    }
  }

  /** Also where the ledger answers: a rollback that it does not know yet is only written here. */
  private void resume(LastTableFile.Written written) {
    tables.resume(LastTableFile.stages(written), written.rolloutIds(), written.revision());
    tables.rollBackHere(LastTableFile.pendingRollbacks(written));
  }

  private void tellWithout(Optional<LastTableFile.Written> written) {
    if (written.isPresent()) {
      LOG.log(
          Level.WARNING,
          "the database cannot be reached: starting from the last table on disk, revision="
              + written.get().revision());
    } else {
      LOG.log(
          Level.ERROR,
          "the database cannot be reached and there is no last table on disk: every route is served by legacy"
              + " until the ledger can be read");
      Map<String, Stage> legacy = new HashMap<>();
      tables.get().stages().keySet().forEach(id -> legacy.put(id, new Stage.Legacy()));
      tables.resume(legacy, 0);
    }
  }

  /** Nothing else is done here: whatever takes its time would keep a flip from being followed. */
  private void follow() {
    try {
      while (true) {
        entries.await(LOOKS_EVERY);
        reach();
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    } finally {
      entries.close();
    }
  }

  private void keep() {
    try {
      while (true) {
        if (up) {
          journal.keep();
        }
        TimeUnit.NANOSECONDS.sleep(KEEPS_EVERY.toNanos());
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  /** A full disk is no reason to serve nobody. */
  private void beginNews() {
    try {
      news.tell(tables.inForce());
    } catch (UncheckedIOException failure) {
      LOG.log(Level.ERROR, "the last table is not on disk", failure);
    }
  }

  private boolean reach() {
    try {
      if (!migrated) {
        flyway.migrate();
        migrated = true;
      }
      replicas.beat(flips.catchUp());
      tell(true, null);
    } catch (LedgerUnavailable | RuntimeException failure) {
      // Whatever it is, the next look may find it gone; also another database, with no tables yet.
      migrated = false;
      tell(false, failure);
    }
    return up;
  }

  private void tell(boolean answers, @Nullable Exception failure) {
    if (answers && !up) {
      LOG.log(Level.INFO, "the ledger answers: revision=" + tables.get().revision());
    } else if (!answers && up) {
      LOG.log(
          Level.WARNING,
          "the ledger does not answer; routes stay as they are and flips are refused: "
              + (failure == null ? "" : failure.getMessage()));
    }
    up = answers;
  }
}
