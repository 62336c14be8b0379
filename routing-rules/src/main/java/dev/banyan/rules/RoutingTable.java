package dev.banyan.rules;

import java.util.Map;
import java.util.Set;

/**
 * The rule set and every route's stage, compiled for the hot path: swapped whole, never mutated.
 */
public final class RoutingTable {
  private final RuleSet rules;
  private final Map<String, Stage> stages;
  private final long revision;

  private RoutingTable(RuleSet rules, Map<String, Stage> stages, long revision) {
    this.rules = rules;
    this.stages = stages;
    this.revision = revision;
  }

  /**
   * Compiles.
   *
   * @param stages what the ledger says, by route id; a route that is missing is in its first stage,
   *     an id that the rule set does not know is passed over
   * @param recorded ids of the routes whose exchanges are kept for a contract
   * @param revision of the ledger
   */
  public static RoutingTable compile(
      RuleSet rules, Map<String, Stage> stages, Set<String> recorded, long revision) {
    return new RoutingTable(rules, Map.copyOf(stages), revision);
  }

  /**
   * Decides one request: the most specific route that matches serves it.
   *
   * @param ticket uniform over all longs; its upper half draws the canary, its lower half the
   *     shadow sample
   */
  public Decision decide(RequestHead head, long ticket) {
    throw new UnsupportedOperationException("decide");
  }

  public RuleSet rules() {
    return rules;
  }

  /** The stage of every route that forwards, by route id. */
  public Map<String, Stage> stages() {
    return stages;
  }

  public long revision() {
    return revision;
  }
}
