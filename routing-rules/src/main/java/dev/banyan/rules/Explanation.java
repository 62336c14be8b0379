package dev.banyan.rules;

import java.util.List;
import java.util.Optional;

/**
 * Why a request is decided as it is.
 *
 * @param decision for a ticket that falls into every share
 * @param considered every route of the rule set
 */
public record Explanation(Decision decision, List<Considered> considered) {
  public Explanation {
    considered = List.copyOf(considered);
  }

  /**
   * One route's part in it.
   *
   * @param mismatch why it does not take the request; empty if it does
   */
  public record Considered(String routeId, Optional<String> mismatch) {
    public boolean matched() {
      return mismatch.isEmpty();
    }
  }
}
