package dev.banyan.migration;

import dev.banyan.rules.Rollouts;
import dev.banyan.rules.RoutingTable;
import dev.banyan.rules.RuleSet;
import dev.banyan.rules.Stage;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Keeps what the routing table is made of (rules, stages, recorded routes, revision) and puts a new
 * table in force when any of it changes: compile, swap, tell. One change at a time, by any thread;
 * {@link #get} is one volatile read.
 */
public final class TableKeeper implements Supplier<RoutingTable> {
  private static final Logger LOG = System.getLogger(TableKeeper.class.getName());

  private final TableHolder tables;
  private final Consumer<Swapped> swapped;
  private volatile TableInputs inputs;

  /**
   * Begins with every route in its first stage, at revision 0: nothing is known of the ledger yet
   * (see {@link FlipCoordinator#catchUp} and {@link #resume}).
   *
   * @param swapped told of each table that comes into force, in their order, before the next one
   *     can (the last table is kept on disk); not told of the first
   */
  public TableKeeper(RuleSet rules, Consumer<Swapped> swapped) {
    this(rules, Rollouts.NONE, swapped);
  }

  /**
   * Likewise.
   *
   * @param rollouts the secret that signs Banyan's own cookie; the ids come from the ledger
   */
  public TableKeeper(RuleSet rules, Rollouts rollouts, Consumer<Swapped> swapped) {
    this.inputs = TableInputs.first(rules, rollouts);
    this.tables = new TableHolder(inputs.compile());
    this.swapped = swapped;
  }

  @Override
  public RoutingTable get() {
    return tables.get();
  }

  /** The present stage of a route; none if it is unknown or refuses. */
  public Optional<Stage> stage(String routeId) {
    return inputs.stage(routeId);
  }

  /** The step that follows where none is named, by the route's written canary steps. */
  public Optional<Stage> nextStage(String routeId) {
    TableInputs now = inputs;
    return now.stage(routeId).flatMap(stage -> FlipPlanner.next(stage, now.canarySteps(routeId)));
  }

  /** What the ledger says of the stages, by route id, up to the present revision. */
  public Map<String, Stage> ledgerStages() {
    return inputs.stages();
  }

  /** Goes on with other rules; throws, and changes nothing, if they cannot be compiled. */
  public void applyRules(RuleSet rules) {
    change(now -> now.withRules(rules));
  }

  /** Goes on from the stages kept on disk, as long as the ledger cannot be read. */
  public void resume(Map<String, Stage> stages, long revision) {
    resume(stages, Map.of(), revision);
  }

  /** Likewise, with the ids of {@link #rolloutIds}: without them, clients would be drawn anew. */
  public void resume(Map<String, Stage> stages, Map<String, String> rolloutIds, long revision) {
    change(now -> now.withStages(stages, rolloutIds, revision));
  }

  /** What places clients among all clients, by route id; to be kept on disk with the stages. */
  public Map<String, String> rolloutIds() {
    return inputs.rollouts().ids();
  }

  /** Rollbacks that the ledger does not know yet; to be kept on disk with the stages. */
  public List<PendingRollback> pendingRollbacks() {
    return List.copyOf(inputs.pending().values());
  }

  /**
   * Puts rollbacks in force without asking anybody: one swap for all of them. They stay in force
   * until the ledger knows them ({@link FlipCoordinator#catchUp}). After a restart, with what
   * {@link #pendingRollbacks} said before.
   */
  public void rollBackHere(List<PendingRollback> rollbacks) {
    change(now -> now.withPending(rollbacks));
  }

  /** The ledger knows a rollback, by these entries or others; both in one swap. */
  void settle(String routeId, List<LedgerEntry> entries) {
    change(now -> now.after(entries).settled(routeId));
  }

  /**
   * Adds entries of the ledger; those that are known already are passed over.
   *
   * @throws IllegalArgumentException if one is missing in between; nothing is changed then
   */
  public void applyEntries(List<LedgerEntry> entries) {
    change(now -> now.after(entries));
  }

  /** Forgets all stages and takes them from these entries. */
  void replay(List<LedgerEntry> all) {
    change(now -> now.atGenesis().after(all));
  }

  /** Keeps the route's exchanges from now on; false if that is so already. */
  public boolean record(String routeId) {
    return change(
        now -> {
          Set<String> more = new HashSet<>(now.recorded());
          more.add(routeId);
          return now.withRecorded(more);
        });
  }

  /** Keeps the route's exchanges no longer; false if they were not kept. */
  public boolean stopRecording(String routeId) {
    return change(
        now -> {
          Set<String> fewer = new HashSet<>(now.recorded());
          fewer.remove(routeId);
          return now.withRecorded(fewer);
        });
  }

  /** What is in force now, as a listener would be told of it. */
  public synchronized Swapped inForce() {
    return swapped(inputs, tables.get());
  }

  TableInputs inputs() {
    return inputs;
  }

  private synchronized boolean change(UnaryOperator<TableInputs> step) {
    TableInputs next = step.apply(inputs);
    if (next.equals(inputs)) {
      return false;
    }
    RoutingTable table = next.compile();
    inputs = next;
    tables.swap(table);
    tell(swapped(next, table));
    return true;
  }

  private static Swapped swapped(TableInputs from, RoutingTable table) {
    return new Swapped(table, from.rollouts().ids(), List.copyOf(from.pending().values()));
  }

  /** The table is in force already: a listener's failure must not make it look otherwise. */
  private void tell(Swapped news) {
    try {
      swapped.accept(news);
    } catch (RuntimeException e) {
      LOG.log(
          Level.ERROR, "telling of a swapped table failed: revision=" + news.table().revision(), e);
    }
  }
}
