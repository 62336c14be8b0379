package dev.banyan.migration;

import dev.banyan.rules.Budget;
import dev.banyan.rules.GatePolicy;

/** Judges evidence. Pure. */
public final class Gate {
  private Gate() {}

  public static Verdict judge(Evidence evidence, GatePolicy policy, Budget budget) {
    throw new UnsupportedOperationException(evidence.routeId() + policy + budget);
  }
}
