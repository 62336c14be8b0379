package dev.banyan.migration;

import dev.banyan.rules.Stage;
import java.util.Optional;

/**
 * One allowed step on its way through the coordinator.
 *
 * @param seen what it was planned and judged on
 */
record Step(FlipCommand command, TableInputs seen, Stage from, Stage to) {

  /**
   * Whether the route is no longer where it was when the step was planned, or the ledger no longer
   * where the caller looked.
   */
  boolean overtaken(TableInputs now) {
    return now.revision() != command.expectedRevision().orElse(now.revision())
        || !now.stage(command.routeId()).equals(Optional.of(from));
  }

  StageChange change(Judgement judgement) {
    return new StageChange(
        command.routeId(),
        from,
        to,
        command.who(),
        command.why(),
        judgement.text(),
        judgement.evidenceDigest(),
        seen.rules().digest());
  }
}
