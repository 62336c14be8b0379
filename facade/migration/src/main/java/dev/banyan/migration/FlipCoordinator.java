package dev.banyan.migration;

import dev.banyan.migration.FlipCommand.Mode;
import dev.banyan.migration.Ledger.LedgerUnavailable;
import dev.banyan.migration.MergedEvidence.Reach;
import dev.banyan.rules.Route;
import dev.banyan.rules.RouteTarget;
import dev.banyan.rules.Stage;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
 * A rollback is swapped first and appended after, and waits neither for the ledger nor for a flip
 * that is under way (docs/adr/0016-rollback-before-ledger.md).
 *
 * <p>One flip of a route at a time; the other one is told so at once. Planning and judging of
 * several routes run side by side; append and swap together are one after the other over all
 * routes, as the ledger has one order and the table one revision. Blocking, for any thread but an
 * event loop.
 */
public final class FlipCoordinator {
  private final TableKeeper tables;
  private final EvidenceSource evidence;
  private final LedgerWriter writer;
  private final ForwardGuard guard;
  private final InstantSource clock;
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();

  /**
   * @param evidence the present evidence of a route
   */
  public FlipCoordinator(Ledger ledger, TableKeeper tables, Function<String, Evidence> evidence) {
    this(ledger, tables, EvidenceSource.alone(evidence), ForwardGuard.NONE, InstantSource.system());
  }

  /**
   * Likewise.
   *
   * @param evidence of all replicas; a step that was judged without the others' is not taken
   * @param guard what may stand against a flip forward besides the gate
   * @param clock says when a rollback came into force that is written later
   */
  public FlipCoordinator(
      Ledger ledger,
      TableKeeper tables,
      EvidenceSource evidence,
      ForwardGuard guard,
      InstantSource clock) {
    this.guard = guard;
    this.clock = clock;
    this.tables = tables;
    this.evidence = evidence;
    this.writer = new LedgerWriter(ledger, tables);
  }

  /** Flips forward, or back if the wanted stage is {@code legacy}. */
  public FlipResult flip(FlipCommand command) {
    if (command.to() instanceof Stage.Legacy) {
      return plan(command);
    }
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
   * Rolls back every route that is not in {@code legacy} and has a way back: all of them in one
   * swap, then one after the other into the ledger. What keeps one from being written does not keep
   * the others from it.
   *
   * @return what became of each, by route id, in the order of the rules
   */
  public Map<String, FlipResult> rollBackAll(String who, String why) {
    List<PendingRollback> rollbacks = new ArrayList<>();
    for (Route route : tables.inputs().rules().routes()) {
      tables
          .stage(route.id())
          .filter(stage -> FlipPlanner.plan(stage, new Stage.Legacy()) instanceof FlipPlan.Back)
          .map(stage -> new PendingRollback(route.id(), stage, who, why, clock.instant()))
          .ifPresent(rollbacks::add);
    }
    tables.rollBackHere(rollbacks);
    Map<String, FlipResult> results = new LinkedHashMap<>();
    rollbacks.forEach(rollback -> results.put(rollback.routeId(), writer.settle(rollback)));
    return results;
  }

  /**
   * Brings the table up to the ledger: at start-up, when the store is back, and whenever another
   * writer may have appended. A ledger that does not hold the table's last entry (it was restored
   * from a backup, or is another one) is read from its beginning: the ledger is right. Rollbacks
   * that it does not know yet are written now.
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
    boolean wantsBack = command.to() instanceof Stage.Legacy;
    if (!wantsBack && expected.isPresent() && expected.getAsLong() != seen.revision()) {
      return new FlipResult.Stale(expected.getAsLong(), seen.revision());
    }
    Stage present = seen.stage(command.routeId()).orElseThrow();
    return switch (FlipPlanner.plan(present, command.to(), seen.canarySteps(command.routeId()))) {
      case FlipPlan.Forward step when step.judging() == FlipPlan.Judging.BY_GATE ->
          judge(new Step(command, seen, step.from(), step.to()), route.get());
      case FlipPlan.Forward(Stage from, Stage to, var judging) ->
          proceed(new Step(command, seen, from, to), Judgement.NONE);
      case FlipPlan.Back(var from, var to) when command.mode() == Mode.DRY_RUN ->
          proceed(new Step(command, seen, from, to), Judgement.NONE);
      case FlipPlan.Back(var from, var to) -> rollBack(command, from);
      case FlipPlan.NoChange(Stage stage) ->
          new FlipResult.Illegal(
              "stage: " + stage.text() + " (expected: another one than the route is in)");
      case FlipPlan.Illegal(String reason) -> new FlipResult.Illegal(reason);
    };
  }

  /** Swap first, append after. */
  private FlipResult rollBack(FlipCommand command, Stage from) {
    PendingRollback rollback =
        new PendingRollback(command.routeId(), from, command.who(), command.why(), clock.instant());
    tables.rollBackHere(List.of(rollback));
    return writer.settle(rollback);
  }

  /** Step 2. */
  private FlipResult judge(Step step, Route route) {
    var policies = (RouteTarget.Forward) route.target();
    MergedEvidence seen = evidence.of(route.id());
    if (seen.reach() == Reach.OWN_ONLY && step.command().mode() == Mode.JUDGED) {
      return new FlipResult.LedgerDown(
          "evidence: own evidence only (expected: that of all replicas, from the database); stages"
              + " stay as they are");
    }
    return proceed(step, Judgement.of(seen.sum(), policies));
  }

  /** Steps 3 and 4, where nothing keeps the step from them. */
  private FlipResult proceed(Step step, Judgement judgement) {
    Mode mode = step.command().mode();
    if (mode == Mode.DRY_RUN) {
      return new FlipResult.Planned(
          step.command().routeId(),
          step.from(),
          step.to(),
          judgement.verdict(),
          step.to() instanceof Stage.Legacy
              ? Optional.empty()
              : guard.foreseen(step.change(judgement), step.seen().revision()));
    }
    if (mode == Mode.JUDGED && !judgement.agrees()) {
      return new FlipResult.Refused(step.from(), step.to(), judgement.verdict().orElseThrow());
    }
    Optional<String> against = guard.against(step.change(judgement), step.seen().revision());
    return against.isPresent()
        ? new FlipResult.Illegal(against.get())
        : writer.write(step, judgement);
  }
}
