package dev.banyan.migration;

import static dev.banyan.migration.Given.CANARY_10;
import static dev.banyan.migration.Given.LEGACY;
import static dev.banyan.migration.Given.LIVE;
import static dev.banyan.migration.Given.NOON;
import static dev.banyan.migration.Given.RETIRED;
import static dev.banyan.migration.Given.SHADOW;
import static dev.banyan.migration.Given.canary;
import static dev.banyan.migration.Given.compared;
import static dev.banyan.migration.Given.flip;
import static dev.banyan.migration.Given.flipAt;
import static dev.banyan.migration.Given.route;
import static dev.banyan.migration.Given.rules;
import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.migration.Ledger.LedgerUnavailable;
import dev.banyan.rules.RuleSet;
import dev.banyan.rules.Stage;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** The way back works when everything else is on fire. */
class RollbackWithoutLedgerTest {
  private static final RuleSet RULES =
      rules("d1", route("orders", CANARY_10), route("catalog", LIVE), route("old", RETIRED));

  private final InMemoryLedger ledger = new InMemoryLedger(InstantSource.fixed(NOON));
  private final List<Swapped> swapped = new ArrayList<>();
  private final TableKeeper tables = new TableKeeper(RULES, swapped::add);
  private final FlipCoordinator coordinator = on(ledger, tables);

  private static FlipCoordinator on(Ledger someLedger, TableKeeper someTables) {
    return new FlipCoordinator(
        someLedger,
        someTables,
        EvidenceSource.alone(routeId -> compared(5_000, 0)),
        ForwardGuard.NONE,
        InstantSource.fixed(NOON));
  }

  @Test
  void withTheLedgerUpARollbackIsWrittenAtOnce() throws Exception {
    assertThat(coordinator.flip(flip("orders", LEGACY))).isInstanceOf(FlipResult.Flipped.class);

    assertThat(ledger.readAfter(0))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.change().from()).isEqualTo(CANARY_10);
              assertThat(entry.change().to()).isEqualTo(LEGACY);
              assertThat(entry.change().why()).isEqualTo("because");
            });
    assertThat(tables.pendingRollbacks()).isEmpty();
  }

  @Test
  void withTheLedgerDownItIsInForceAndWrittenOnceWhenTheLedgerIsBack() throws Exception {
    ledger.goDown();

    assertThat(coordinator.flip(flip("orders", LEGACY))).isInstanceOf(FlipResult.RolledBack.class);
    assertThat(coordinator.flip(flip("orders", LEGACY))).isInstanceOf(FlipResult.Illegal.class);
    assertThat(tables.get().stages()).containsEntry("orders", LEGACY);

    ledger.comeBack();
    coordinator.catchUp();
    coordinator.catchUp();

    assertThat(ledger.readAfter(0))
        .singleElement()
        .satisfies(
            entry ->
                assertThat(entry.change().why())
                    .isEqualTo("because (in force since 2026-11-21T12:00:00Z, written later)"));
    assertThat(tables.pendingRollbacks()).isEmpty();
    assertThat(tables.get().stages()).containsEntry("orders", LEGACY);
  }

  @Test
  void anAppendWhoseAnswerIsLostIsNotWrittenTwice() throws Exception {
    ledger.goDownAfterTheNextWrite();
    coordinator.flip(flip("orders", LEGACY));
    ledger.comeBack();

    coordinator.catchUp();

    assertThat(ledger.readAfter(0)).hasSize(1);
    assertThat(tables.pendingRollbacks()).isEmpty();
  }

  @Test
  void everythingIsRolledBackInOneSwap() {
    ledger.goDown();

    Map<String, FlipResult> results = coordinator.rollBackAll("ada", "fire");

    assertThat(results).containsOnlyKeys("orders", "catalog");
    assertThat(results.values()).allMatch(FlipResult.RolledBack.class::isInstance);
    assertThat(swapped).hasSize(1);
    assertThat(swapped.getFirst().table().stages())
        .isEqualTo(Map.of("orders", LEGACY, "catalog", LEGACY, "old", RETIRED));
  }

  @Test
  void theWayForwardGoesOnFromLegacyOnceTheLedgerKnows() throws Exception {
    ledger.goDown();
    coordinator.flip(flip("orders", LEGACY));
    assertThat(coordinator.flip(flip("orders", SHADOW))).isInstanceOf(FlipResult.LedgerDown.class);
    ledger.comeBack();

    assertThat(coordinator.flip(flip("orders", SHADOW))).isInstanceOf(FlipResult.Flipped.class);

    assertThat(ledger.readAfter(0).stream().map(entry -> entry.change().to()))
        .containsExactly(LEGACY, SHADOW);
    assertThat(tables.stage("orders")).contains(SHADOW);
  }

  @Test
  void whatAnotherReplicaWroteMeanwhileIsRolledBackToo() throws Exception {
    ledger.goDown();
    coordinator.flip(flip("orders", LEGACY));
    ledger.comeBack();
    on(ledger, new TableKeeper(RULES, table -> {})).flip(flip("orders", canary(50)));

    coordinator.catchUp();

    assertThat(ledger.readAfter(0).getLast().change().from()).isEqualTo(canary(50));
    assertThat(tables.stage("orders")).contains(LEGACY);
  }

  @Test
  void whatAnotherReplicaRolledBackAlreadyIsNotWrittenAgain() throws Exception {
    ledger.goDown();
    coordinator.flip(flip("orders", LEGACY));
    ledger.comeBack();
    on(ledger, new TableKeeper(RULES, table -> {})).flip(flip("orders", LEGACY));

    coordinator.catchUp();

    assertThat(ledger.readAfter(0)).hasSize(1);
    assertThat(tables.pendingRollbacks()).isEmpty();
  }

  @Test
  void aRestartKeepsWhatIsNotWrittenYet() throws Exception {
    ledger.goDown();
    coordinator.flip(flip("orders", LEGACY));
    TableKeeper restarted = new TableKeeper(RULES, table -> {});
    restarted.resume(tables.ledgerStages(), tables.rolloutIds(), tables.get().revision());
    restarted.rollBackHere(tables.pendingRollbacks());
    ledger.comeBack();

    on(ledger, restarted).catchUp();

    assertThat(restarted.stage("orders")).contains(LEGACY);
    assertThat(ledger.readAfter(0)).hasSize(1);
  }

  /** A flip whose append hangs holds the ledger; the way back does not wait for it. */
  @Test
  void aFlipThatHangsInTheLedgerDoesNotHoldARollbackUp() throws Exception {
    CountDownLatch appending = new CountDownLatch(1);
    CountDownLatch answered = new CountDownLatch(1);
    FlipCoordinator slow = on(hanging(appending, answered), tables);
    Thread forward = Thread.ofVirtual().start(() -> slow.flip(flip("orders", canary(50))));
    appending.await();

    FlipResult result = slow.flip(flip("orders", LEGACY));

    assertThat(result).isInstanceOf(FlipResult.RolledBack.class);
    assertThat(tables.get().stages()).containsEntry("orders", LEGACY);
    answered.countDown();
    forward.join();
    assertThat(tables.get().stages()).containsEntry("orders", LEGACY);
    slow.catchUp();
    assertThat(ledger.readAfter(0).stream().map(entry -> entry.change().to()))
        .containsExactly(canary(50), LEGACY);
  }

  private Ledger hanging(CountDownLatch appending, CountDownLatch answered) {
    return new Ledger() {
      @Override
      public LedgerEntry append(StageChange change, long expectedRevision)
          throws StaleRevision, LedgerUnavailable {
        appending.countDown();
        try {
          answered.await();
        } catch (InterruptedException e) {
          throw new LedgerUnavailable("interrupted", e);
        }
        return ledger.append(change, expectedRevision);
      }

      @Override
      public List<LedgerEntry> readAfter(long revision) throws LedgerUnavailable {
        return ledger.readAfter(revision);
      }

      @Override
      public List<LedgerEntry> history(String routeId, int limit) throws LedgerUnavailable {
        return ledger.history(routeId, limit);
      }
    };
  }

  @Test
  void whoLookedAtAnotherRevisionMayStillRollBack() {
    coordinator.flip(flip("catalog", LEGACY));

    assertThat(coordinator.flip(flipAt(0, "orders", LEGACY)))
        .isInstanceOf(FlipResult.Flipped.class);
  }

  @Test
  void eachRolloutHasAnIdOfItsOwnThatItKeepsThroughItsSteps() {
    coordinator.flip(flip("orders", LEGACY));
    coordinator.flip(flip("orders", SHADOW));
    coordinator.flip(flip("orders", CANARY_10));
    String first = tables.rolloutIds().get("orders");
    coordinator.flip(flip("orders", canary(50)));
    String grown = tables.rolloutIds().get("orders");
    for (Stage stage : List.of(LEGACY, SHADOW, CANARY_10)) {
      coordinator.flip(flip("orders", stage));
    }

    assertThat(first).matches("[0-9a-f]{64}").isEqualTo(grown);
    assertThat(tables.rolloutIds().get("orders")).matches("[0-9a-f]{64}").isNotEqualTo(first);
  }
}
