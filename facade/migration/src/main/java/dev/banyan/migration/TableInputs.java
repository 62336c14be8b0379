package dev.banyan.migration;

import dev.banyan.rules.Route;
import dev.banyan.rules.RouteTarget;
import dev.banyan.rules.RoutingTable;
import dev.banyan.rules.RuleSet;
import dev.banyan.rules.Stage;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All that a routing table is compiled from. Immutable.
 *
 * @param stages what the ledger says, by route id; routes that the rules do not know stay in it, as
 *     they may come back
 * @param revision of the ledger
 * @param head hash of the entry with that revision; none where the stages were not read from the
 *     ledger itself
 */
record TableInputs(
    RuleSet rules,
    Map<String, Stage> stages,
    Set<String> recorded,
    long revision,
    Optional<String> head) {
  TableInputs {
    stages = Map.copyOf(stages);
    recorded = Set.copyOf(recorded);
  }

  RoutingTable compile() {
    return RoutingTable.compile(rules, stages, recorded, revision);
  }

  Optional<Route> route(String routeId) {
    return rules.routes().stream().filter(route -> route.id().equals(routeId)).findFirst();
  }

  /** None for a route that is unknown or refuses. */
  Optional<Stage> stage(String routeId) {
    return route(routeId)
        .map(Route::target)
        .filter(RouteTarget.Forward.class::isInstance)
        .map(RouteTarget.Forward.class::cast)
        .map(
            forward ->
                forward.migrated().isEmpty()
                    ? new Stage.Legacy()
                    : stages.getOrDefault(routeId, forward.firstStage()));
  }

  TableInputs withRules(RuleSet newRules) {
    Set<String> known = newRules.routes().stream().map(Route::id).collect(Collectors.toSet());
    Set<String> stillRecorded = new HashSet<>(recorded);
    stillRecorded.retainAll(known);
    return new TableInputs(newRules, stages, stillRecorded, revision, head);
  }

  TableInputs withRecorded(Set<String> newRecorded) {
    return new TableInputs(rules, stages, newRecorded, revision, head);
  }

  TableInputs withStages(Map<String, Stage> newStages, long newRevision) {
    return new TableInputs(rules, newStages, recorded, newRevision, Optional.empty());
  }

  /** As if no entry had been applied yet. */
  TableInputs atGenesis() {
    return new TableInputs(rules, Map.of(), recorded, 0, Optional.of(LedgerChain.GENESIS));
  }

  /** With those entries that come after the present revision; they must not leave a gap. */
  TableInputs after(List<LedgerEntry> entries) {
    Map<String, Stage> newStages = new HashMap<>(stages);
    long newRevision = revision;
    Optional<String> newHead = head;
    for (LedgerEntry entry : entries) {
      if (entry.revision() <= newRevision) {
        continue;
      }
      if (entry.revision() != newRevision + 1) {
        throw new IllegalArgumentException(
            "ledger entry: " + entry.revision() + " (expected: " + (newRevision + 1) + ")");
      }
      newStages.put(entry.change().routeId(), entry.change().to());
      newRevision = entry.revision();
      newHead = Optional.of(entry.hash());
    }
    return new TableInputs(rules, newStages, recorded, newRevision, newHead);
  }
}
