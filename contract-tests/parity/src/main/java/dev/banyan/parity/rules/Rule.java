package dev.banyan.parity.rules;

import org.jspecify.annotations.Nullable;

/** Knows one family of pairs that say the same in two writings. */
interface Rule {
  /** Null where it does not know the pair. */
  @Nullable Explanation explain(Sight sight);
}
