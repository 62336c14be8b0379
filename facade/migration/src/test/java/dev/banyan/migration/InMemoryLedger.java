package dev.banyan.migration;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * The ledger port's fake: keeps the contract that {@link LedgerContract} states, and fails on
 * demand.
 */
public final class InMemoryLedger implements Ledger {

  /** How the store is. */
  private enum Store {
    UP,
    DOWN,
    /** The next append is written, but its answer is lost; then the store is down. */
    LOSING_THE_ANSWER
  }

  private final InstantSource clock;
  private final List<LedgerEntry> entries = new ArrayList<>();
  private Store store = Store.UP;

  public InMemoryLedger(InstantSource clock) {
    this.clock = clock;
  }

  public synchronized void goDown() {
    store = Store.DOWN;
  }

  public synchronized void comeBack() {
    store = Store.UP;
  }

  /** Lets the next append be written and fail all the same, and the store be down from then on. */
  public synchronized void goDownAfterTheNextWrite() {
    store = Store.LOSING_THE_ANSWER;
  }

  /** Drops the last entries, as a restored backup does. */
  public synchronized void loseAllAfter(long revision) {
    entries.removeIf(entry -> entry.revision() > revision);
  }

  @Override
  public synchronized LedgerEntry append(StageChange change, long expectedRevision)
      throws StaleRevision, LedgerUnavailable {
    reach();
    if (expectedRevision != entries.size()) {
      throw new StaleRevision(expectedRevision, entries.size());
    }
    LedgerEntry last = entries.isEmpty() ? null : entries.getLast();
    LedgerEntry next = LedgerChain.next(last, change, clock.instant());
    entries.add(next);
    if (store == Store.LOSING_THE_ANSWER) {
      store = Store.DOWN;
      reach();
    }
    return next;
  }

  @Override
  public synchronized List<LedgerEntry> readAfter(long revision) throws LedgerUnavailable {
    reach();
    return entries.stream().filter(entry -> entry.revision() > revision).toList();
  }

  @Override
  public synchronized List<LedgerEntry> history(String routeId, int limit)
      throws LedgerUnavailable {
    reach();
    return entries.reversed().stream()
        .filter(entry -> entry.change().routeId().equals(routeId))
        .limit(limit)
        .toList();
  }

  private void reach() throws LedgerUnavailable {
    if (store == Store.DOWN) {
      throw new LedgerUnavailable("store: down", new IOException("connection refused"));
    }
  }
}
