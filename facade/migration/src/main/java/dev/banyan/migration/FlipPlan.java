package dev.banyan.migration;

import dev.banyan.rules.Stage;

/** What a wanted stage change would be. Data: it can be printed without being done. */
public sealed interface FlipPlan {

  /** A step on the way to the migrated side. */
  record Forward(Stage from, Stage to, Judging judging) implements FlipPlan {}

  /** Legacy takes over again; only stages that have a way back can stand here. */
  record Back(Stage.Reversible from, Stage.Legacy to) implements FlipPlan {}

  /** The route is there already. */
  record NoChange(Stage stage) implements FlipPlan {}

  /**
   * The stage order does not allow it.
   *
   * @param reason names the stages that are allowed next
   */
  record Illegal(String reason) implements FlipPlan {}

  /** Whether a step forward needs the gate. */
  enum Judging {
    /** From here on the migrated side answers clients. */
    BY_GATE,
    /** Only copies are sent, which is where evidence comes from. */
    NONE
  }
}
