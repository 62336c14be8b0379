package dev.banyan.migration;

import dev.banyan.migration.FlipCommand.Mode;
import dev.banyan.migration.Ledger.LedgerUnavailable;
import dev.banyan.rules.Route;
import dev.banyan.rules.RouteTarget;
import dev.banyan.rules.Stage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The one door through which stages change.
 *
 * <ol>
 *   <li>plan: is the step allowed?
 *   <li>judge: does the gate agree? (a rollback needs none)
 *   <li>append: durable before visible
 *   <li>swap: one reference
 * </ol>
 *
 * One flip of a route at a time; the other one is told so at once. Planning and judging of several
 * routes run side by side; append and swap together are one after the other over all routes, as the
 * ledger has one order and the table one revision. Blocking, for any thread but an event loop.
 */
public final class FlipCoordinator {
  private final TableKeeper tables;
  private final Function<String, Evidence> evidence;
  private final LedgerWriter writer;
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();

  /**
   * @param evidence the present evidence of a route
   */
  public FlipCoordinator(Ledger ledger, TableKeeper tables, Function<String, Evidence> evidence) {
    this.tables = tables;
    this.evidence = evidence;
    this.writer = new LedgerWriter(ledger, tables);
  }

  /** Flips forward, or back if the wanted stage is {@code legacy}. */
  public FlipResult flip(FlipCommand command) {
    if (!underWay.add(command.routeId())) {
      return new FlipResult.Busy(command.routeId());
    }
    try {
      return plan(command);
    } finally {
      underWay.remove(command.routeId());
    }
  }

  /**
   * Rolls back every route that is not in {@code legacy} and has a way back. One that cannot be
   * rolled back does not keep the others from it.
   *
   * @return what became of each, by route id, in the order of the rules
   */
  public Map<String, FlipResult> rollBackAll(String who, String why) {
    Map<String, FlipResult> results = new LinkedHashMap<>();
    for (Route route : tables.inputs().rules().routes()) {
      Optional<Stage> stage = tables.stage(route.id());
      if (stage.isPresent()
          && FlipPlanner.plan(stage.get(), new Stage.Legacy()) instanceof FlipPlan.Back) {
        results.put(route.id(), rollBack(route.id(), who, why));
      }
    }
    return results;
  }

  private FlipResult rollBack(String routeId, String who, String why) {
    FlipCommand command =
        new FlipCommand(routeId, new Stage.Legacy(), who, why, OptionalLong.empty(), Mode.JUDGED);
    FlipResult first = flip(command);
    // Another writer came first and the table has caught up: the way back is still wanted.
    return first instanceof FlipResult.Stale ? flip(command) : first;
  }

  /**
   * Brings the table up to the ledger: at start-up, when the store is back, and whenever another
   * writer may have appended. A ledger that does not hold the table's last entry (it was restored
   * from a backup, or is another one) is read from its beginning: the ledger is right.
   *
   * @return the revision now in force
   */
  public long catchUp() throws LedgerUnavailable {
    return writer.catchUp();
  }

  /** Step 1. */
  private FlipResult plan(FlipCommand command) {
    TableInputs seen = tables.inputs();
    Optional<Route> route = seen.route(command.routeId());
    if (route.isEmpty()) {
      return new FlipResult.UnknownRoute(command.routeId());
    }
    Optional<String> flaw = CommandCheck.flaw(command, route.get());
    if (flaw.isPresent()) {
      return new FlipResult.Illegal(flaw.get());
    }
    OptionalLong expected = command.expectedRevision();
    if (expected.isPresent() && expected.getAsLong() != seen.revision()) {
      return new FlipResult.Stale(expected.getAsLong(), seen.revision());
    }
    return switch (FlipPlanner.plan(seen.stage(command.routeId()).orElseThrow(), command.to())) {
      case FlipPlan.Forward step when step.judging() == FlipPlan.Judging.BY_GATE ->
          judge(new Step(command, seen, step.from(), step.to()), route.get());
      case FlipPlan.Forward(Stage from, Stage to, var judging) ->
          proceed(new Step(command, seen, from, to), Judgement.NONE);
      case FlipPlan.Back(var from, var to) ->
          proceed(new Step(command, seen, from, to), Judgement.NONE);
      case FlipPlan.NoChange(Stage stage) ->
          new FlipResult.Illegal(
              "stage: " + stage.text() + " (expected: another one than the route is in)");
      case FlipPlan.Illegal(String reason) -> new FlipResult.Illegal(reason);
    };
  }

  /** Step 2. */
  private FlipResult judge(Step step, Route route) {
    var policies = (RouteTarget.Forward) route.target();
    return proceed(step, Judgement.of(evidence.apply(route.id()), policies));
  }

  /** Steps 3 and 4, where nothing keeps the step from them. */
  private FlipResult proceed(Step step, Judgement judgement) {
    Mode mode = step.command().mode();
    if (mode == Mode.DRY_RUN) {
      return new FlipResult.Planned(
          step.command().routeId(), step.from(), step.to(), judgement.verdict());
    }
    if (mode == Mode.JUDGED && !judgement.agrees()) {
      return new FlipResult.Refused(step.from(), step.to(), judgement.verdict().orElseThrow());
    }
    return writer.write(step, judgement);
  }
}
