package dev.banyan.migration;

import dev.banyan.rules.Stage;
import java.util.OptionalLong;

/**
 * Somebody wants a route in another stage.
 *
 * @param to the wanted stage
 * @param who the authenticated person or system
 * @param why in their words; may be empty, except for an override
 * @param expectedRevision the ledger revision they looked at, if they said so
 */
public record FlipCommand(
    String routeId, Stage to, String who, String why, OptionalLong expectedRevision, Mode mode) {

  /** How it is to be done. */
  public enum Mode {
    /** As usual: the gate decides. */
    JUDGED,
    /** Against the gate's verdict; needs a reason. */
    OVERRIDE,
    /** Plan and judge only; nothing changes. */
    DRY_RUN
  }
}
