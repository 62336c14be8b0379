package dev.banyan.migration;

import java.util.List;

/** The append-only, hash-chained list of stage changes: the truth about stages. Blocking. */
public interface Ledger {

  /**
   * Appends one change at the end; when this returns, it is durable.
   *
   * @param expectedRevision the revision the caller believes is the last; 0 for an empty ledger
   * @throws StaleRevision if another entry came first
   * @throws LedgerUnavailable if it could not be written, or nobody knows whether it was
   */
  LedgerEntry append(StageChange change, long expectedRevision)
      throws StaleRevision, LedgerUnavailable;

  /** All entries after a revision, in order; 0 for all. */
  List<LedgerEntry> readAfter(long revision) throws LedgerUnavailable;

  /** The newest entries of a route, newest first. */
  List<LedgerEntry> history(String routeId, int limit) throws LedgerUnavailable;

  /** Another entry was appended in between. */
  final class StaleRevision extends Exception {
    public StaleRevision(long expected, long found) {
      super("ledger revision: " + found + " (expected: " + expected + ")");
    }
  }

  /** The ledger's store cannot be reached. */
  final class LedgerUnavailable extends Exception {
    public LedgerUnavailable(String what, Throwable cause) {
      super(what, cause);
    }
  }
}
