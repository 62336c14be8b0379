package dev.banyan.migration;

import dev.banyan.migration.Ledger.LedgerUnavailable;
import dev.banyan.migration.Ledger.StaleRevision;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;

/**
 * Keeps ledger and table together: append, then swap, both as one; and where it is not sure what
 * the ledger holds, it reads before it writes (docs/adr/0003-ledger-is-the-truth.md). One at a time
 * over all routes, as the ledger has one order and the table one revision.
 */
final class LedgerWriter {
  private static final Logger LOG = System.getLogger(LedgerWriter.class.getName());

  private final Ledger ledger;
  private final TableKeeper tables;

  /** Whether the last append may have been written without our knowing. */
  private boolean inDoubt;

  LedgerWriter(Ledger ledger, TableKeeper tables) {
    this.ledger = ledger;
    this.tables = tables;
  }

  synchronized FlipResult write(Step step, Judgement judgement) {
    try {
      if (inDoubt || tables.inputs().head().isEmpty()) {
        catchUp();
      }
      TableInputs now = tables.inputs();
      if (step.overtaken(now)) {
        return stale(step, now);
      }
      inDoubt = true;
      LedgerEntry entry = ledger.append(step.change(judgement), now.revision());
      tables.applyEntries(List.of(entry));
      inDoubt = false;
      return new FlipResult.Flipped(entry);
    } catch (StaleRevision e) {
      return afterAnotherWriter(step);
    } catch (LedgerUnavailable e) {
      return down(e);
    }
  }

  private FlipResult afterAnotherWriter(Step step) {
    try {
      catchUp();
      return stale(step, tables.inputs());
    } catch (LedgerUnavailable e) {
      return down(e);
    }
  }

  /** See {@link FlipCoordinator#catchUp}. */
  synchronized long catchUp() throws LedgerUnavailable {
    TableInputs now = tables.inputs();
    Optional<List<LedgerEntry>> tail = tail(now);
    if (tail.isPresent()) {
      tables.applyEntries(tail.get());
    } else {
      replay(now);
    }
    inDoubt = false;
    return tables.inputs().revision();
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
