package dev.banyan.migration;

import dev.banyan.rules.Stage;
import java.util.Optional;

/** What became of a flip or rollback. */
public sealed interface FlipResult {

  /** Written down and in force. */
  record Flipped(LedgerEntry entry) implements FlipResult {}

  /**
   * In force here, and not in the ledger yet: it is written once the ledger can be. Only a rollback
   * ends like this.
   *
   * @param reason why it is not written yet, or why it need not be
   */
  record RolledBack(PendingRollback rollback, String reason) implements FlipResult {}

  /**
   * The plan, with nothing changed.
   *
   * @param against what stands against it besides the gate, such as an approval that is missing
   */
  record Planned(
      String routeId, Stage from, Stage to, Optional<Verdict> verdict, Optional<String> against)
      implements FlipResult {}

  /** The gate said no, or not yet. */
  record Refused(Stage from, Stage to, Verdict verdict) implements FlipResult {}

  /** The stage order does not allow it, or the command lacks something. */
  record Illegal(String reason) implements FlipResult {}

  record UnknownRoute(String routeId) implements FlipResult {}

  /** Another flip of this route is under way. */
  record Busy(String routeId) implements FlipResult {}

  /** The ledger has moved on since the caller looked. */
  record Stale(long expected, long found) implements FlipResult {}

  /**
   * The ledger cannot be written, or nobody knows whether it was; nothing changed in the table. An
   * entry that turns out to be written comes into force at the next contact with the ledger.
   */
  record LedgerDown(String reason) implements FlipResult {}
}
