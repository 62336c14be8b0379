package dev.banyan.migration;

import static dev.banyan.migration.Given.LEGACY;
import static dev.banyan.migration.Given.NOON;
import static dev.banyan.migration.Given.SHADOW;
import static dev.banyan.migration.Given.canary;
import static dev.banyan.migration.Given.compared;
import static dev.banyan.migration.Given.flip;
import static dev.banyan.migration.Given.route;
import static dev.banyan.migration.Given.rules;
import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.migration.FlipCommand.Mode;
import dev.banyan.migration.Ledger.LedgerUnavailable;
import dev.banyan.rules.Route;
import dev.banyan.rules.RuleSet;
import dev.banyan.rules.Stage;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whatever is done in whatever order: the ledger is the truth, and the table follows it. */
class FlipSequenceTest {
  private static final RuleSet RULES =
      rules("d1", route("a", LEGACY), route("b", SHADOW), route("c", LEGACY));

  /** One thing that happens. */
  private sealed interface Event {
    record Flip(String routeId, Stage to, Mode mode) implements Event {}

    record AnotherWriterFlips(String routeId, Stage to) implements Event {}

    record StoreFails() implements Event {}

    record StoreLosesAnAnswer() implements Event {}

    record StoreIsBack() implements Event {}

    record Reload(String digest) implements Event {}

    record Restart() implements Event {}
  }

  @Provide
  Arbitrary<List<Event>> events() {
    Arbitrary<String> routes = Arbitraries.of("a", "b", "c", "unknown");
    Arbitrary<Stage> stages =
        Arbitraries.of(
            LEGACY, SHADOW, canary(10), canary(50), new Stage.Live(), new Stage.Retired());
    Arbitrary<Event> flips =
        Combinators.combine(routes, stages, Arbitraries.of(Mode.class)).as(Event.Flip::new);
    Arbitrary<Event> others = Combinators.combine(routes, stages).as(Event.AnotherWriterFlips::new);
    return Arbitraries.<Event>frequencyOf(
            Tuple.of(12, flips),
            Tuple.of(2, others),
            Tuple.of(1, Arbitraries.just(new Event.StoreFails())),
            Tuple.of(1, Arbitraries.just(new Event.StoreLosesAnAnswer())),
            Tuple.of(3, Arbitraries.just(new Event.StoreIsBack())),
            Tuple.of(1, Arbitraries.of("d1", "d2").map(Event.Reload::new)),
            Tuple.of(1, Arbitraries.just(new Event.Restart())))
        .list()
        .ofMaxSize(60);
  }

  @Property(tries = 300)
  void replayingTheLedgerGivesTheTablesStages(@ForAll("events") List<Event> events)
      throws LedgerUnavailable {
    Facade facade = new Facade();

    for (Event event : events) {
      facade.happens(event);
    }

    facade.checkCaughtUp();
  }

  /** One facade on a ledger, with another writer on the same ledger. */
  private static final class Facade {
    private final InMemoryLedger ledger = new InMemoryLedger(InstantSource.fixed(NOON));
    private final FlipCoordinator other = on(new TableKeeper(RULES, table -> {}));
    private TableKeeper tables = new TableKeeper(RULES, table -> {});
    private FlipCoordinator coordinator = on(tables);

    private FlipCoordinator on(TableKeeper someTables) {
      return new FlipCoordinator(ledger, someTables, routeId -> compared(5_000, 0));
    }

    void happens(Event event) {
      switch (event) {
        case Event.Flip(String routeId, Stage to, Mode mode) -> flips(routeId, to, mode);
        case Event.AnotherWriterFlips(String routeId, Stage to) -> other.flip(flip(routeId, to));
        case Event.StoreFails fails -> ledger.goDown();
        case Event.StoreLosesAnAnswer loses -> ledger.goDownAfterTheNextWrite();
        case Event.StoreIsBack back -> ledger.comeBack();
        case Event.Reload(String digest) ->
            tables.applyRules(rules(digest, RULES.routes().toArray(new Route[0])));
        case Event.Restart restart -> {
          Map<String, Stage> onDisk = tables.ledgerStages();
          List<PendingRollback> unwritten = tables.pendingRollbacks();
          long revision = tables.get().revision();
          tables = new TableKeeper(RULES, table -> {});
          tables.resume(onDisk, revision);
          tables.rollBackHere(unwritten);
          coordinator = on(tables);
        }
      }
    }

    private void flips(String routeId, Stage to, Mode mode) {
      long before = tables.get().revision();
      FlipResult result = coordinator.flip(flip(routeId, to, mode));

      long after = tables.get().revision();
      assertThat(after).isGreaterThanOrEqualTo(before);
      switch (result) {
        case FlipResult.Flipped(LedgerEntry entry) -> {
          assertThat(entry.revision()).isEqualTo(after).isGreaterThan(before);
          assertThat(tables.stage(routeId)).contains(to);
        }
        case FlipResult.RolledBack(PendingRollback rollback, String reason) ->
            assertThat(tables.stage(rollback.routeId())).contains(LEGACY);
        case FlipResult.Stale stale -> {} // It may have caught up with the ledger.
        case FlipResult.LedgerDown down -> {} // Likewise, before it failed.
        default -> assertThat(after).isEqualTo(before);
      }
    }

    void checkCaughtUp() throws LedgerUnavailable {
      ledger.comeBack();
      coordinator.catchUp();

      List<LedgerEntry> all = ledger.readAfter(0);
      assertThat(LedgerChain.verify(all)).isEqualTo(new ChainCheck.Intact(all.size()));
      assertThat(tables.get().revision()).isEqualTo(all.size());
      Map<String, Stage> replayed = new HashMap<>();
      for (LedgerEntry entry : all) {
        Stage from = replayed.getOrDefault(entry.change().routeId(), entry.change().from());
        assertThat(entry.change().from()).as("entry %s", entry).isEqualTo(from);
        replayed.put(entry.change().routeId(), entry.change().to());
      }
      assertThat(tables.get().stages()).containsAllEntriesOf(replayed);
      assertThat(tables.ledgerStages()).isEqualTo(replayed);
      assertThat(tables.pendingRollbacks()).isEmpty();
    }
  }
}
