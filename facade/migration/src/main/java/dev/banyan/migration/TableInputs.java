package dev.banyan.migration;

import dev.banyan.rules.Rollouts;
import dev.banyan.rules.Route;
import dev.banyan.rules.RouteTarget;
import dev.banyan.rules.RoutingTable;
import dev.banyan.rules.RuleSet;
import dev.banyan.rules.Share;
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
 * @param pending rollbacks that the ledger does not know yet, by route id: there the table says
 *     {@code legacy}, whatever the ledger says
 * @param revision of the ledger
 * @param head hash of the entry with that revision; none where the stages were not read from the
 *     ledger itself
 */
record TableInputs(
    RuleSet rules,
    Map<String, Stage> stages,
    Map<String, PendingRollback> pending,
    Rollouts rollouts,
    Set<String> recorded,
    long revision,
    Optional<String> head) {

  TableInputs {
    stages = Map.copyOf(stages);
    pending = Map.copyOf(pending);
    recorded = Set.copyOf(recorded);
  }

  static TableInputs first(RuleSet rules, Rollouts rollouts) {
    return new TableInputs(rules, Map.of(), Map.of(), rollouts, Set.of(), 0, Optional.empty());
  }

  RoutingTable compile() {
    Map<String, Stage> inForce = new HashMap<>(stages);
    pending.keySet().forEach(routeId -> inForce.put(routeId, new Stage.Legacy()));
    return RoutingTable.compile(rules, inForce, recorded, revision, rollouts);
  }

  Optional<Route> route(String routeId) {
    return rules.routes().stream().filter(route -> route.id().equals(routeId)).findFirst();
  }

  private Optional<RouteTarget.Forward> forward(String routeId) {
    return route(routeId)
        .map(Route::target)
        .filter(RouteTarget.Forward.class::isInstance)
        .map(RouteTarget.Forward.class::cast);
  }

  /** The written ones; none for a route that has none. */
  List<Share> canarySteps(String routeId) {
    return forward(routeId).map(forward -> forward.canary().steps()).orElse(List.of());
  }

  /** The stage in force here; none for a route that is unknown or refuses. */
  Optional<Stage> stage(String routeId) {
    return pending.containsKey(routeId)
        ? forward(routeId).map(forward -> new Stage.Legacy())
        : ledgerStage(routeId);
  }

  /** What the ledger makes of it, likewise. */
  Optional<Stage> ledgerStage(String routeId) {
    return forward(routeId)
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
    return new TableInputs(newRules, stages, pending, rollouts, stillRecorded, revision, head);
  }

  TableInputs withRecorded(Set<String> newRecorded) {
    return new TableInputs(rules, stages, pending, rollouts, newRecorded, revision, head);
  }

  TableInputs withStages(Map<String, Stage> newStages, Map<String, String> ids, long newRevision) {
    Rollouts resumed = new Rollouts(rollouts.secret(), ids);
    return new TableInputs(
        rules, newStages, pending, resumed, recorded, newRevision, Optional.empty());
  }

  /** With more rollbacks; of a route that is pending already, the first one counts. */
  TableInputs withPending(List<PendingRollback> more) {
    Map<String, PendingRollback> all = new HashMap<>(pending);
    more.forEach(rollback -> all.putIfAbsent(rollback.routeId(), rollback));
    return new TableInputs(rules, stages, all, rollouts, recorded, revision, head);
  }

  /** The ledger knows it now, or it no longer matters. */
  TableInputs settled(String routeId) {
    Map<String, PendingRollback> rest = new HashMap<>(pending);
    rest.remove(routeId);
    return new TableInputs(rules, stages, rest, rollouts, recorded, revision, head);
  }

  /** As if no entry had been applied yet. */
  TableInputs atGenesis() {
    Rollouts none = new Rollouts(rollouts.secret(), Map.of());
    return new TableInputs(
        rules, Map.of(), pending, none, recorded, 0, Optional.of(LedgerChain.GENESIS));
  }

  /** With those entries that come after the present revision; they must not leave a gap. */
  TableInputs after(List<LedgerEntry> entries) {
    Map<String, Stage> newStages = new HashMap<>(stages);
    Map<String, String> ids = new HashMap<>(rollouts.ids());
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
      StageChange change = entry.change();
      newStages.put(change.routeId(), change.to());
      if (change.to() instanceof Stage.Canary && !(change.from() instanceof Stage.Canary)) {
        ids.put(change.routeId(), entry.hash());
      }
      newRevision = entry.revision();
      newHead = Optional.of(entry.hash());
    }
    return new TableInputs(
        rules,
        newStages,
        pending,
        new Rollouts(rollouts.secret(), ids),
        recorded,
        newRevision,
        newHead);
  }
}
