package dev.banyan.migration;

import dev.banyan.migration.Ledger.LedgerUnavailable;
import dev.banyan.migration.Ledger.StaleRevision;
import dev.banyan.migration.PendingRollback.Delay;
import dev.banyan.rules.Stage;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps ledger and table together: append, then swap, both as one; and where it is not sure what
 * the ledger holds, it reads before it writes (docs/adr/0003-ledger-is-the-truth.md). One at a time
 * over all routes, as the ledger has one order and the table one revision.
 *
 * <p>Rollbacks come the other way round: they are in force before they are written, and stay so
 * until they are (docs/adr/0016-rollback-before-ledger.md).
 */
final class LedgerWriter {
  private static final Logger LOG = System.getLogger(LedgerWriter.class.getName());

  /** For a rollback, until another's append is through. */
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private static final int ATTEMPTS = 10;

  private final Ledger ledger;
  private final TableKeeper tables;
  private final ReentrantLock lock = new ReentrantLock();

  /** Whether the last append may have been written without our knowing. */
  private boolean inDoubt;

  LedgerWriter(Ledger ledger, TableKeeper tables) {
    this.ledger = ledger;
    this.tables = tables;
  }

  FlipResult write(Step step, Judgement judgement) {
    lock.lock();
    try {
      return writeAlone(step, judgement);
    } finally {
      lock.unlock();
    }
  }

  /** Another writer's entry of another route is no reason to refuse this one. */
  private FlipResult writeAlone(Step step, Judgement judgement) {
    try {
      reach();
      settleAll();
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        TableInputs now = tables.inputs();
        if (step.overtaken(now)) {
          return stale(step, now);
        }
        try {
          inDoubt = true;
          LedgerEntry entry = ledger.append(step.change(judgement), now.revision());
          tables.applyEntries(List.of(entry));
          inDoubt = false;
          return new FlipResult.Flipped(entry);
        } catch (StaleRevision another) {
          read();
        }
      }
      return stale(step, tables.inputs());
    } catch (LedgerUnavailable e) {
      return down(e);
    }
  }

  /** See {@link FlipCoordinator#catchUp}. */
  long catchUp() throws LedgerUnavailable {
    lock.lock();
    try {
      read();
      settleAll();
      return tables.inputs().revision();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Writes down a rollback that is in force here already. A ledger that is slow, or busy with
   * another, is not waited for long: the rollback is then written with the next contact.
   */
  FlipResult settle(PendingRollback rollback) {
    if (!lockSoon()) {
      return notYet(rollback, "another entry is being written");
    }
    try {
      reach();
      return settleAlone(rollback, Delay.NONE);
    } catch (LedgerUnavailable e) {
      return notYet(rollback, String.valueOf(e.getMessage()));
    } finally {
      lock.unlock();
    }
  }

  private boolean lockSoon() {
    try {
      return lock.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static FlipResult notYet(PendingRollback rollback, String why) {
    return new FlipResult.RolledBack(
        rollback,
        "ledger: " + why + "; legacy serves, and it is written down as soon as it can be");
  }

  private void settleAll() throws LedgerUnavailable {
    for (PendingRollback rollback : tables.pendingRollbacks()) {
      settleAlone(rollback, Delay.WRITTEN_LATER);
    }
  }

  /** Appended at most once: whoever may have appended it before is asked first (see reach). */
  private FlipResult settleAlone(PendingRollback rollback, Delay delay) throws LedgerUnavailable {
    String routeId = rollback.routeId();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      TableInputs now = tables.inputs();
      Optional<Stage> stage = now.ledgerStage(routeId);
      if (stage.filter(LedgerWriter::canBeRolledBack).isEmpty()) {
        tables.settle(routeId, List.of());
        return new FlipResult.RolledBack(
            rollback,
            "ledger: it has the route in "
                + stage.map(Stage::text).orElse("no stage")
                + " already; nothing is left to write");
      }
      try {
        inDoubt = true;
        LedgerEntry entry =
            ledger.append(
                rollback.change(stage.get(), now.rules().digest(), delay), now.revision());
        tables.settle(routeId, List.of(entry));
        inDoubt = false;
        return new FlipResult.Flipped(entry);
      } catch (StaleRevision another) {
        read();
      }
    }
    return notYet(rollback, "others write all the time");
  }

  private static boolean canBeRolledBack(Stage stage) {
    return stage instanceof Stage.Reversible && !(stage instanceof Stage.Legacy);
  }

  /** Reads before anything is written where it is not sure what the ledger holds. */
  private void reach() throws LedgerUnavailable {
    if (inDoubt || tables.inputs().head().isEmpty()) {
      read();
    }
  }

  private void read() throws LedgerUnavailable {
    TableInputs now = tables.inputs();
    Optional<List<LedgerEntry>> tail = tail(now);
    if (tail.isPresent()) {
      tables.applyEntries(tail.get());
    } else {
      replay(now);
    }
    inDoubt = false;
  }

  /** What the ledger holds from the table's last entry on; none if it does not hold that one. */
  private Optional<List<LedgerEntry>> tail(TableInputs now) throws LedgerUnavailable {
    if (now.head().isEmpty()) {
      return Optional.empty();
    }
    if (now.revision() == 0) {
      return Optional.of(ledger.readAfter(0));
    }
    List<LedgerEntry> tail = ledger.readAfter(now.revision() - 1);
    boolean continues = !tail.isEmpty() && tail.getFirst().hash().equals(now.head().orElseThrow());
    return continues ? Optional.of(tail) : Optional.empty();
  }

  private void replay(TableInputs now) throws LedgerUnavailable {
    List<LedgerEntry> all = ledger.readAfter(0);
    tables.replay(all);
    if (now.revision() > all.size() || now.head().isPresent()) {
      LOG.log(
          Level.WARNING,
          "the ledger does not hold the table''s last entry; its stages are taken as they are:"
              + " tableRevision={0,number,#} ledgerRevision={1,number,#}",
          now.revision(),
          all.size());
    }
  }

  private static FlipResult stale(Step step, TableInputs now) {
    long expected = step.command().expectedRevision().orElse(step.seen().revision());
    return new FlipResult.Stale(expected, now.revision());
  }

  private static FlipResult down(LedgerUnavailable e) {
    return new FlipResult.LedgerDown(
        "ledger: "
            + e.getMessage()
            + " (expected: a store that can be reached); stages stay as they are, and should the"
            + " entry have been written after all, it comes into force once the ledger answers");
  }
}
