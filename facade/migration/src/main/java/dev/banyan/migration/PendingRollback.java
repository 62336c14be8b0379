package dev.banyan.migration;

import dev.banyan.rules.Stage;
import java.time.Instant;

/**
 * A rollback that is in force here and not yet in the ledger. One per route at the most, so there
 * are never more than routes.
 *
 * @param from the stage that the route was in, as far as was known here
 * @param at when it came into force here
 */
public record PendingRollback(String routeId, Stage from, String who, String why, Instant at) {

  /** As it is written down; where that is late, it says when it happened. */
  StageChange change(Stage from, String rulesDigest, Delay delay) {
    String told =
        switch (delay) {
          case NONE -> why;
          case WRITTEN_LATER -> (why + " (in force since " + at + ", written later)").strip();
        };
    return new StageChange(
        routeId,
        from,
        new Stage.Legacy(),
        who,
        told,
        Judgement.NONE.text(),
        Judgement.NONE.evidenceDigest(),
        rulesDigest);
  }

  /** Whether the ledger could be written at once. */
  enum Delay {
    NONE,
    WRITTEN_LATER
  }
}
