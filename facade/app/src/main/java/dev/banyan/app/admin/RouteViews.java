package dev.banyan.app.admin;

import dev.banyan.app.admin.Views.CanaryView;
import dev.banyan.app.admin.Views.EvidenceView;
import dev.banyan.app.admin.Views.RouteView;
import dev.banyan.app.admin.Views.SideView;
import dev.banyan.app.admin.Views.VerdictView;
import dev.banyan.app.comparing.Recordings;
import dev.banyan.app.comparing.Refusals;
import dev.banyan.app.evidence.SharedEvidence;
import dev.banyan.app.seen.Budgets;
import dev.banyan.migration.Evidence;
import dev.banyan.migration.EvidenceWindows;
import dev.banyan.migration.Gate;
import dev.banyan.migration.MergedEvidence;
import dev.banyan.migration.TableKeeper;
import dev.banyan.migration.Verdict;
import dev.banyan.rules.Route;
import dev.banyan.rules.RouteTarget;
import dev.banyan.rules.Stage;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.TreeSet;

/** Makes views of routes from table, evidence and gate. */
@Singleton
class RouteViews {
  private final TableKeeper tables;
  private final EvidenceWindows evidence;
  private final SharedEvidence shared;
  private final Recordings recordings;
  private final Refusals refusals;
  private final Budgets budgets;
  private final NoiseViews noise;
  private final WatchViews watch;

  RouteViews(
      TableKeeper tables,
      EvidenceWindows evidence,
      SharedEvidence shared,
      Recordings recordings,
      Refusals refusals,
      Budgets budgets,
      NoiseViews noise,
      WatchViews watch) {
    this.watch = watch;
    this.shared = shared;
    this.refusals = refusals;
    this.tables = tables;
    this.evidence = evidence;
    this.recordings = recordings;
    this.budgets = budgets;
    this.noise = noise;
  }

  /** The route, or the problem that says there is none. */
  Route known(String id) {
    return tables
        .get()
        .route(id)
        .orElseThrow(
            () ->
                ProblemDocument.of(
                        404,
                        "route: " + id + " (expected: one of the rule set; see GET /api/v1/routes)")
                    .refusal());
  }

  /** The forwarding part of a route, or the problem that says it refuses. */
  RouteTarget.Forward forwarding(String id) {
    if (known(id).target() instanceof RouteTarget.Forward forward) {
      return forward;
    }
    throw ProblemDocument.of(422, "route: " + id + " refuses its requests, so it has no stage")
        .refusal();
  }

  RouteView view(Route route) {
    return switch (route.target()) {
      case RouteTarget.Refusal refusal ->
          new RouteView(
              route.id(),
              "refuse",
              refusal.status(),
              new TreeSet<>(route.match().methods()),
              route.match().host().orElse(null),
              route.match().path().toString(),
              null,
              null,
              null,
              null,
              null,
              refusals.of(route.id()),
              0,
              0,
              0,
              0,
              0,
              null,
              null,
              null,
              false,
              List.of(),
              null,
              null,
              null);
      case RouteTarget.Forward forward -> view(route, forward, shared.shown(route.id()));
    };
  }

  private RouteView view(Route route, RouteTarget.Forward forward, MergedEvidence merged) {
    Evidence seen = merged.sum();
    Stage stage = tables.stage(route.id()).orElse(null);
    boolean migrates = forward.migrated().isPresent();
    return new RouteView(
        route.id(),
        "forward",
        null,
        new TreeSet<>(route.match().methods()),
        route.match().host().orElse(null),
        route.match().path().toString(),
        forward.legacy(),
        forward.migrated().orElse(null),
        stage == null ? null : stage.text(),
        forward.firstStage().text(),
        forward.compare(),
        seen.requests(),
        seen.matched(),
        seen.tolerated(),
        seen.mismatched(),
        Views.total(seen.incomparable()),
        Views.total(seen.skipped()),
        Views.millis(seen.legacy().p95()),
        Views.millis(seen.migrated().p95()),
        migrates ? VerdictView.of(judge(seen, forward)) : null,
        recordings.of(route.id()).isPresent(),
        budgets.of(route),
        migrates ? merged.reach().text() : null,
        migrates ? CanaryView.of(forward.canary(), stage, seen.since()) : null,
        migrates ? watch.of(route.id(), forward) : null);
  }

  EvidenceView evidence(String id) {
    RouteTarget.Forward forward = forwarding(id);
    MergedEvidence merged = shared.shown(id);
    Evidence seen = merged.sum();
    return new EvidenceView(
        id,
        seen.since(),
        seen.requests(),
        seen.matched(),
        seen.tolerated(),
        seen.mismatched(),
        seen.incomparable(),
        seen.skipped(),
        evidence.repeats(id),
        SideView.of(seen.legacy()),
        SideView.of(seen.migrated()),
        seen.contracts().orElse(null),
        noise.of(known(id)).orElse(null),
        VerdictView.of(judge(seen, forward)),
        merged.reach().text(),
        ReplicaEvidence.of(merged, shared.self()));
  }

  private static Verdict judge(Evidence seen, RouteTarget.Forward forward) {
    return Gate.judge(seen, forward.gate(), forward.budget());
  }
}
