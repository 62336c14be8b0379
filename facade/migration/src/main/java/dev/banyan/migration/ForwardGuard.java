package dev.banyan.migration;

import java.util.Optional;

/**
 * What may stand against a flip forward besides the gate, and cannot be overridden: a breach that
 * nobody has looked at, or a second person's yes that is missing. Asked just before the change is
 * written; never for a rollback.
 */
@FunctionalInterface
public interface ForwardGuard {
  ForwardGuard NONE = (change, revision) -> Optional.empty();

  /**
   * Why not; none where nothing is against it.
   *
   * @param revision of the ledger that the change was planned on
   */
  Optional<String> against(StageChange change, long revision);

  /** The same for a change that is only planned: nothing is asked for, and nothing changed. */
  default Optional<String> foreseen(StageChange change, long revision) {
    return Optional.empty();
  }
}
