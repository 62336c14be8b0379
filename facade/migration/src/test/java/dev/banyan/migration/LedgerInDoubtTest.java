package dev.banyan.migration;

import static dev.banyan.migration.Given.CANARY_10;
import static dev.banyan.migration.Given.LEGACY;
import static dev.banyan.migration.Given.LIVE;
import static dev.banyan.migration.Given.NOON;
import static dev.banyan.migration.Given.RETIRED;
import static dev.banyan.migration.Given.SHADOW;
import static dev.banyan.migration.Given.compared;
import static dev.banyan.migration.Given.flip;
import static dev.banyan.migration.Given.route;
import static dev.banyan.migration.Given.rules;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.banyan.migration.Ledger.LedgerUnavailable;
import dev.banyan.rules.RoutingTable;
import dev.banyan.rules.RuleSet;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Ledgers that fail, lose an answer, go on without us, or come back as others. */
class LedgerInDoubtTest {
  private static final RuleSet RULES =
      rules("d1", route("orders", SHADOW), route("catalog", LEGACY));

  private final InMemoryLedger ledger = new InMemoryLedger(InstantSource.fixed(NOON));
  private final TableKeeper tables = new TableKeeper(RULES, table -> {});
  private final FlipCoordinator coordinator = on(tables);

  private FlipCoordinator on(TableKeeper someTables) {
    return new FlipCoordinator(ledger, someTables, routeId -> compared(5_000, 0));
  }

  @Test
  void withoutTheLedgerAFlipIsRefusedAndTheTableStays() {
    ledger.goDown();
    RoutingTable before = tables.get();

    assertThat(coordinator.flip(flip("orders", CANARY_10)))
        .isInstanceOfSatisfying(
            FlipResult.LedgerDown.class,
            down -> assertThat(down.reason()).startsWith("ledger: store: down (expected: "));
    assertThat(tables.get()).isSameAs(before);
  }

  @Test
  void whenTheLedgerIsBackFlipsWorkAgain() {
    ledger.goDown();
    coordinator.flip(flip("orders", CANARY_10));
    ledger.comeBack();

    assertThat(coordinator.flip(flip("orders", CANARY_10))).isInstanceOf(FlipResult.Flipped.class);
    assertThat(tables.get().revision()).isEqualTo(1);
  }

  @Test
  void anAppendWhoseAnswerIsLostComesIntoForceAtTheNextContact() throws Exception {
    ledger.goDownAfterTheNextWrite();
    assertThat(coordinator.flip(flip("orders", CANARY_10)))
        .isInstanceOf(FlipResult.LedgerDown.class);
    assertThat(tables.stage("orders")).contains(SHADOW);
    ledger.comeBack();

    assertThat(coordinator.catchUp()).isEqualTo(1);

    assertThat(tables.stage("orders")).contains(CANARY_10);
  }

  @Test
  void theSameFlipAskedForAgainAfterALostAnswerIsStaleAndNotWrittenTwice() throws Exception {
    ledger.goDownAfterTheNextWrite();
    coordinator.flip(flip("orders", CANARY_10));
    ledger.comeBack();

    assertThat(coordinator.flip(flip("orders", CANARY_10))).isEqualTo(new FlipResult.Stale(0, 1));
    assertThat(tables.stage("orders")).contains(CANARY_10);
    assertThat(ledger.readAfter(0)).hasSize(1);
  }

  @Test
  void anotherRoutesFlipAfterALostAnswerGoesThroughBehindIt() throws Exception {
    ledger.goDownAfterTheNextWrite();
    coordinator.flip(flip("orders", CANARY_10));
    ledger.comeBack();

    assertThat(coordinator.flip(flip("catalog", SHADOW)))
        .isInstanceOfSatisfying(
            FlipResult.Flipped.class,
            flipped -> assertThat(flipped.entry().revision()).isEqualTo(2));
    assertThat(tables.stage("orders")).contains(CANARY_10);
    assertThat(tables.stage("catalog")).contains(SHADOW);
  }

  @Test
  void whatAnotherWriterAppendedForAnotherRouteIsTakenOverAndTheFlipGoesOn() throws Exception {
    coordinator.catchUp();
    FlipCoordinator other = on(new TableKeeper(RULES, table -> {}));
    other.flip(flip("orders", CANARY_10));

    assertThat(coordinator.flip(flip("catalog", SHADOW)))
        .isInstanceOfSatisfying(
            FlipResult.Flipped.class,
            flipped -> assertThat(flipped.entry().revision()).isEqualTo(2));
    assertThat(tables.stage("orders")).contains(CANARY_10);
  }

  @Test
  void whatAnotherWriterAppendedForTheSameRouteIsTakenOverAndTheCallerIsStale() throws Exception {
    coordinator.catchUp();
    FlipCoordinator other = on(new TableKeeper(RULES, table -> {}));
    other.flip(flip("orders", CANARY_10));

    assertThat(coordinator.flip(flip("orders", CANARY_10))).isEqualTo(new FlipResult.Stale(0, 1));
    assertThat(tables.stage("orders")).contains(CANARY_10);
    assertThat(ledger.readAfter(1)).isEmpty();
  }

  @Test
  void rollingEverythingBackIsNotKeptFromItByAnotherWriter() throws Exception {
    coordinator.catchUp();
    FlipCoordinator other = on(new TableKeeper(RULES, table -> {}));
    other.flip(flip("orders", CANARY_10));

    assertThat(coordinator.rollBackAll("ada", "fire"))
        .containsOnlyKeys("orders")
        .allSatisfy((id, result) -> assertThat(result).isInstanceOf(FlipResult.Flipped.class));
    assertThat(tables.stage("orders")).contains(LEGACY);
  }

  @Test
  void startUpReadsTheWholeLedger() throws Exception {
    coordinator.flip(flip("orders", CANARY_10));
    coordinator.flip(flip("orders", LIVE));
    TableKeeper restarted = new TableKeeper(RULES, table -> {});

    assertThat(on(restarted).catchUp()).isEqualTo(2);

    assertThat(restarted.stage("orders")).contains(LIVE);
  }

  @Test
  void theLastTableOnDiskYieldsToTheLedgerOnceItCanBeRead() throws Exception {
    coordinator.flip(flip("orders", CANARY_10));
    TableKeeper restarted = new TableKeeper(RULES, table -> {});
    restarted.resume(Map.of("orders", LIVE, "catalog", SHADOW), 7);

    assertThat(on(restarted).catchUp()).isEqualTo(1);

    assertThat(restarted.stage("orders")).contains(CANARY_10);
    assertThat(restarted.stage("catalog")).contains(LEGACY);
  }

  @Test
  void nothingIsAppendedOnTopOfWhatOnlyTheDiskSays() throws Exception {
    coordinator.flip(flip("orders", CANARY_10));
    TableKeeper restarted = new TableKeeper(RULES, table -> {});
    restarted.resume(Map.of("orders", LIVE), 1);

    assertThat(on(restarted).flip(flip("orders", RETIRED))).isEqualTo(new FlipResult.Stale(1, 1));
    assertThat(restarted.stage("orders")).contains(CANARY_10);
    assertThat(ledger.readAfter(1)).isEmpty();
  }

  @Test
  void aLedgerThatLostItsLastEntriesIsFollowedBack() throws Exception {
    coordinator.flip(flip("orders", CANARY_10));
    coordinator.flip(flip("orders", LIVE));
    ledger.loseAllAfter(1);

    assertThat(coordinator.catchUp()).isEqualTo(1);

    assertThat(tables.stage("orders")).contains(CANARY_10);
    assertThat(coordinator.flip(flip("orders", LIVE))).isInstanceOf(FlipResult.Flipped.class);
  }

  @Test
  void aLedgerWithAnotherPastAtTheSameRevisionIsReadFromItsBeginning() throws Exception {
    coordinator.flip(flip("orders", CANARY_10));
    ledger.loseAllAfter(0);
    on(new TableKeeper(RULES, table -> {})).flip(flip("catalog", SHADOW));

    coordinator.catchUp();

    assertThat(tables.stage("orders")).contains(SHADOW);
    assertThat(tables.stage("catalog")).contains(SHADOW);
  }

  @Test
  void catchingUpWithoutTheLedgerSaysSoAndChangesNothing() {
    coordinator.flip(flip("orders", CANARY_10));
    RoutingTable before = tables.get();
    ledger.goDown();

    assertThatThrownBy(coordinator::catchUp).isInstanceOf(LedgerUnavailable.class);
    assertThat(tables.get()).isSameAs(before);
  }

  @Test
  void catchingUpWithNothingNewSwapsNothing() throws Exception {
    coordinator.flip(flip("orders", CANARY_10));
    RoutingTable before = tables.get();

    coordinator.catchUp();

    assertThat(tables.get()).isSameAs(before);
  }
}
