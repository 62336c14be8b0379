package dev.banyan.app.seen;

import dev.banyan.app.RunningFacade;
import dev.banyan.app.comparing.ComparisonQueue;
import dev.banyan.app.rules.RulesInForce;
import dev.banyan.app.store.StoreLink;
import dev.banyan.migration.TableKeeper;
import jakarta.inject.Singleton;

/** What is true of the process as a whole at this moment. */
@Singleton
class ProcessFacts {
  private final RunningFacade facade;
  private final RulesInForce rules;
  private final TableKeeper tables;
  private final StoreLink store;
  private final ComparisonQueue queue;
  private final Aftermath aftermath;

  ProcessFacts(
      RunningFacade facade,
      RulesInForce rules,
      TableKeeper tables,
      StoreLink store,
      ComparisonQueue queue,
      Aftermath aftermath) {
    this.facade = facade;
    this.rules = rules;
    this.tables = tables;
    this.store = store;
    this.queue = queue;
    this.aftermath = aftermath;
  }

  void into(Families to) {
    one(to, "banyan_ready", "1 while new requests are welcome.", facade.ready() ? 1 : 0);
    one(to, "banyan_requests_in_flight", "Requests on their way.", facade.requestsInFlight());
    one(to, "banyan_shadows_in_flight", "Copies on their way.", facade.shadowsInFlight());
    one(
        to,
        "banyan_mirrored_writes_pending",
        "Writes that legacy carried out and the migrated side has not yet.",
        facade.writesPending());
    one(
        to,
        "banyan_event_loop_lag_seconds",
        "The longest that an event loop was late within the last ten to twenty seconds.",
        facade.loopLag().toNanos() / 1e9);
    one(to, "banyan_comparison_queue_depth", "Pairs that wait.", queue.depth());
    one(
        to,
        "banyan_comparison_queue_bytes",
        "Bytes of the pairs that wait.",
        (double) queue.heldBytes());
    one(
        to,
        "banyan_comparison_worker_running",
        "1 while the thread that compares runs; while it does not, copies are dropped.",
        facade.comparing() ? 1 : 0);
    to.counter("banyan_seen_dropped", "Access lines and spans that were not made in time.")
        .add((double) aftermath.dropped());
    RulesInForce.Status status = rules.status();
    to.counter("banyan_rules_reloads", "Rules that came into force after the first.")
        .add((double) status.reloads());
    one(
        to,
        "banyan_rules_degraded",
        "1 while the rule files hold rules that were not taken.",
        status.rejected() == null ? 0 : 1);
    one(
        to,
        "banyan_rules_loaded_timestamp_seconds",
        "When the present rules came into force.",
        status.loadedAt().toEpochMilli() / 1e3);
    one(to, "banyan_rules_routes", "Routes.", tables.get().rules().routes().size());
    one(
        to,
        "banyan_table_revision",
        "Revision of the ledger in force.",
        (double) tables.get().revision());
    one(to, "banyan_ledger_up", "1 while the ledger answers.", store.up() ? 1 : 0);
  }

  private static void one(Families to, String name, String help, double value) {
    to.gauge(name, help).add(value);
  }
}
