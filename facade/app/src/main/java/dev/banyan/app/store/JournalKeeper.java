package dev.banyan.app.store;

import dev.banyan.app.comparing.JudgedAgain;
import dev.banyan.app.comparing.MismatchJournal;
import dev.banyan.app.comparing.MismatchJournal.Change;
import dev.banyan.app.privacy.Retention;
import dev.banyan.app.privacy.StoreCipher;
import dev.banyan.migration.TableKeeper;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;

/**
 * Lets the mismatch journal outlive the process, whenever the database is there. Used by one
 * thread; what it cannot keep stays in the journal, which is bounded.
 */
@Singleton
class JournalKeeper {
  private static final Logger LOG = System.getLogger(JournalKeeper.class.getName());

  /** Short transactions: the connections' socket timeout is short, too. */
  private static final int AT_ONCE = 50;

  private final MismatchJournal journal;
  private final JudgedAgain judgedAgain;
  private final JournalStore store;
  private final TableKeeper tables;
  private final ExemplarSweep sweep;
  private final Set<String> forgotten = new HashSet<>();
  private boolean recalled;
  private boolean failing;

  JournalKeeper(
      MismatchJournal journal,
      JudgedAgain judgedAgain,
      DataSource store,
      TableKeeper tables,
      StoreCipher cipher,
      Retention retention,
      InstantSource clock) {
    this.journal = journal;
    this.judgedAgain = judgedAgain;
    this.store = new JournalStore(store, cipher);
    this.tables = tables;
    this.sweep = new ExemplarSweep(store, retention, clock);
  }

  /**
   * Lets go of what is too old; takes in what an earlier run kept, once; then keeps what is new.
   */
  void keep() {
    try {
      sweep.ifDue().ifPresent(journal::forgetExemplars);
      if (!recalled) {
        recall();
        recalled = true;
        judgedAgain.soon();
      }
      forgotten.addAll(journal.takeForgotten());
      List<Change> changes = journal.changes(AT_ONCE);
      while (!changes.isEmpty() || !forgotten.isEmpty()) {
        store.write(changes, forgotten);
        forgotten.clear();
        journal.kept(changes);
        changes = changes.size() < AT_ONCE ? List.of() : journal.changes(AT_ONCE);
      }
      failing = false;
    } catch (SQLException | RuntimeException failure) {
      if (!failing) {
        LOG.log(Level.WARNING, "the mismatch journal is not kept for now", failure);
      }
      failing = true;
    }
  }

  private void recall() throws SQLException {
    Set<String> known = tables.get().stages().keySet();
    store
        .read()
        .forEach(
            (routeId, sightings) -> {
              if (known.contains(routeId)) {
                journal.recall(routeId, sightings);
              } else {
                forgotten.add(routeId);
              }
            });
  }
}
