package dev.banyan.rules;

import java.time.Duration;

/**
 * What the migrated side sees of the requests that change something: all whose method is not in
 * {@link ShadowPolicy#methods}, or that ask for another one ({@link MethodOverride}). Legacy sees
 * no copy of them in any stage, as nothing it promises would keep it from carrying them out.
 *
 * @param retryFor how long a write that legacy carried out is sent again, {@link
 *     Writes#AFTER_SUCCESS} alone
 */
public record WritePolicy(Writes writes, Duration retryFor) {
  public static final WritePolicy NEVER = new WritePolicy(Writes.NEVER, Duration.ofMinutes(1));

  /** When a write is copied, and what the copy says. */
  public enum Writes {
    /** It is not copied. */
    NEVER,

    /** Marked as shadow: the module promises no effect. */
    DRY_RUN,

    /** To be carried out: the candidate has a store of its own. */
    ISOLATED,

    /** To be carried out once, after legacy has done so, and sent again until it has been. */
    AFTER_SUCCESS
  }
}
