package dev.banyan.migration;

import dev.banyan.migration.FlipCommand.Mode;
import dev.banyan.migration.Ledger.LedgerUnavailable;
import dev.banyan.migration.Ledger.StaleRevision;
import dev.banyan.rules.Route;
import dev.banyan.rules.RouteTarget;
import dev.banyan.rules.Stage;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
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
 * One flip of a route at a time; the other one is told so at once. Planning and judging of several
 * routes run side by side; append and swap together are one after the other over all routes, as the
 * ledger has one order and the table one revision. Blocking, for any thread but an event loop.
 */
public final class FlipCoordinator {
  private static final Logger LOG = System.getLogger(FlipCoordinator.class.getName());

  private final Ledger ledger;
  private final TableKeeper tables;
  private final Function<String, Evidence> evidence;
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();
  private final Object ledgerOrder = new Object();

  /**
   * Whether the last append may have been written without our knowing; guarded by ledgerOrder. See
   * docs/adr/0003-ledger-is-the-truth.md.
   */
  private boolean inDoubt;

  /**
   * @param evidence the present evidence of a route
   */
  public FlipCoordinator(Ledger ledger, TableKeeper tables, Function<String, Evidence> evidence) {
    this.ledger = ledger;
    this.tables = tables;
    this.evidence = evidence;
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
    synchronized (ledgerOrder) {
      TableInputs now = tables.inputs();
      List<LedgerEntry> tail = ledger.readAfter(Math.max(0, now.revision() - 1));
      if (now.head().isPresent() && continues(now, tail)) {
        tables.applyEntries(tail);
      } else {
        replay(now);
      }
      inDoubt = false;
      return tables.inputs().revision();
    }
  }

  private static boolean continues(TableInputs now, List<LedgerEntry> tail) {
    return now.revision() == 0
        || (!tail.isEmpty() && now.head().equals(Optional.of(tail.getFirst().hash())));
  }

  private void replay(TableInputs now) throws LedgerUnavailable {
    List<LedgerEntry> all = ledger.readAfter(0);
    tables.replay(all);
    if (now.revision() > all.size() || now.head().isPresent()) {
      LOG.log(
          Level.WARNING,
          "the ledger does not hold the table's last entry; its stages are taken as they are:"
              + " tableRevision="
              + now.revision()
              + " ledgerRevision="
              + all.size());
    }
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
    if (looksElsewhere(command, seen)) {
      return new FlipResult.Stale(command.expectedRevision().orElseThrow(), seen.revision());
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

  private FlipResult proceed(Step step, Judgement judgement) {
    Mode mode = step.command().mode();
    if (mode == Mode.DRY_RUN) {
      return new FlipResult.Planned(
          step.command().routeId(), step.from(), step.to(), judgement.verdict());
    }
    if (mode == Mode.JUDGED && !judgement.agrees()) {
      return new FlipResult.Refused(step.from(), step.to(), judgement.verdict().orElseThrow());
    }
    return write(step, judgement);
  }

  /** Steps 3 and 4. */
  private FlipResult write(Step step, Judgement judgement) {
    synchronized (ledgerOrder) {
      try {
        if (inDoubt) {
          catchUp();
        }
        TableInputs now = tables.inputs();
        if (looksElsewhere(step.command(), now) || step.overtaken(now)) {
          return stale(step, now);
        }
        inDoubt = true;
        LedgerEntry entry = ledger.append(step.change(judgement), now.revision());
        inDoubt = false;
        tables.applyEntries(List.of(entry));
        return new FlipResult.Flipped(entry);
      } catch (StaleRevision e) {
        return afterStaleRevision(step);
      } catch (LedgerUnavailable e) {
        return down(e);
      }
    }
  }

  private FlipResult afterStaleRevision(Step step) {
    try {
      catchUp();
      return stale(step, tables.inputs());
    } catch (LedgerUnavailable e) {
      return down(e);
    }
  }

  private static FlipResult stale(Step step, TableInputs now) {
    long expected = step.command().expectedRevision().orElse(step.seen().revision());
    return new FlipResult.Stale(expected, now.revision());
  }

  private static FlipResult down(LedgerUnavailable e) {
    return new FlipResult.LedgerDown(
        "ledger: "
            + e.getMessage()
            + " (expected: a store that can be reached); stages stay as they are, and should the"
            + " entry have been written after all, it comes into force once the ledger answers");
  }

  private static boolean looksElsewhere(FlipCommand command, TableInputs now) {
    OptionalLong expected = command.expectedRevision();
    return expected.isPresent() && expected.getAsLong() != now.revision();
  }
}
