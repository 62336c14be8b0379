package dev.banyan.migration;

import static dev.banyan.migration.Given.CANARY_10;
import static dev.banyan.migration.Given.LEGACY;
import static dev.banyan.migration.Given.LIVE;
import static dev.banyan.migration.Given.NOON;
import static dev.banyan.migration.Given.SHADOW;
import static dev.banyan.migration.Given.legacyOnly;
import static dev.banyan.migration.Given.refusal;
import static dev.banyan.migration.Given.route;
import static dev.banyan.migration.Given.rules;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.banyan.rules.RoutingTable;
import dev.banyan.rules.RuleSet;
import dev.banyan.rules.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TableKeeperTest {
  private static final RuleSet RULES =
      rules("d1", route("orders", SHADOW), route("catalog", LEGACY), refusal("internals"));

  private final List<Swapped> swapped = new ArrayList<>();
  private final TableKeeper keeper = new TableKeeper(RULES, swapped::add);

  private static LedgerEntry entry(long revision, String routeId, Stage to) {
    StageChange change =
        new StageChange(routeId, LEGACY, to, "ada", "", "ready", Optional.empty(), "d1");
    return new LedgerEntry(revision, NOON, change, "p" + revision, "h" + revision);
  }

  @Test
  void everyRouteBeginsInItsFirstStageAndNobodyIsTold() {
    assertThat(keeper.stage("orders")).contains(SHADOW);
    assertThat(keeper.stage("catalog")).contains(LEGACY);
    assertThat(keeper.get().revision()).isZero();
    assertThat(swapped).isEmpty();
  }

  @Test
  void aRouteThatRefusesOrIsUnknownHasNoStage() {
    assertThat(keeper.stage("internals")).isEmpty();
    assertThat(keeper.stage("nobody")).isEmpty();
  }

  @Test
  void entriesMoveStagesAndRevision() {
    keeper.applyEntries(List.of(entry(1, "orders", CANARY_10), entry(2, "orders", LIVE)));

    assertThat(keeper.stage("orders")).contains(LIVE);
    assertThat(keeper.get().stages()).containsEntry("orders", LIVE);
    assertThat(keeper.get().revision()).isEqualTo(2);
    assertThat(swapped).extracting(Swapped::table).containsExactly(keeper.get());
  }

  @Test
  void entriesThatAreKnownAlreadyArePassedOver() {
    List<LedgerEntry> entries = List.of(entry(1, "orders", CANARY_10), entry(2, "orders", LIVE));
    keeper.applyEntries(entries);

    keeper.applyEntries(entries);
    keeper.applyEntries(entries.subList(0, 1));

    assertThat(keeper.stage("orders")).contains(LIVE);
    assertThat(swapped).hasSize(1);
  }

  @Test
  void aGapIsRefusedAndChangesNothing() {
    RoutingTable before = keeper.get();

    assertThatThrownBy(
            () ->
                keeper.applyEntries(
                    List.of(entry(1, "orders", CANARY_10), entry(3, "orders", LIVE))))
        .hasMessage("ledger entry: 3 (expected: 2)");
    assertThat(keeper.get()).isSameAs(before);
    assertThat(keeper.stage("orders")).contains(SHADOW);
  }

  @Test
  void newRulesKeepWhatTheLedgerSaysAlsoOfRoutesThatComeBack() {
    keeper.applyEntries(List.of(entry(1, "orders", LIVE)));

    keeper.applyRules(rules("d2", route("catalog", SHADOW)));
    assertThat(keeper.stage("orders")).isEmpty();
    assertThat(keeper.stage("catalog")).as("first stage of the new rules").contains(SHADOW);
    assertThat(keeper.get().rules().digest()).isEqualTo("d2");

    keeper.applyRules(RULES);
    assertThat(keeper.stage("orders")).contains(LIVE);
    assertThat(keeper.get().revision()).isEqualTo(1);
  }

  @Test
  void aRouteThatLosesItsMigratedUpstreamIsInLegacy() {
    keeper.applyEntries(List.of(entry(1, "orders", LIVE)));

    keeper.applyRules(rules("d2", legacyOnly("orders")));

    assertThat(keeper.stage("orders")).contains(LEGACY);
  }

  @Test
  void recordingBeginsOnceAndEndsOnce() {
    assertThat(keeper.record("orders")).isTrue();
    assertThat(keeper.record("orders")).isFalse();
    assertThat(keeper.stopRecording("orders")).isTrue();
    assertThat(keeper.stopRecording("orders")).isFalse();
    assertThat(swapped).hasSize(2);
  }

  @Test
  void aRouteThatIsGoneIsNoLongerRecorded() {
    keeper.record("orders");

    keeper.applyRules(rules("d2", route("catalog", LEGACY)));
    keeper.applyRules(RULES);

    assertThat(keeper.record("orders")).as("begins anew").isTrue();
  }

  @Test
  void stagesFromDiskHoldUntilTheLedgerIsRead() {
    keeper.resume(Map.of("orders", LIVE), 7);

    assertThat(keeper.stage("orders")).contains(LIVE);
    assertThat(keeper.get().revision()).isEqualTo(7);
    assertThat(keeper.ledgerStages()).containsExactly(Map.entry("orders", LIVE));
  }

  @Test
  void aListenerThatFailsDoesNotUndoTheSwap() {
    TableKeeper unlucky =
        new TableKeeper(
            RULES,
            table -> {
              throw new IllegalStateException("disk full");
            });

    unlucky.applyEntries(List.of(entry(1, "orders", LIVE)));

    assertThat(unlucky.get().revision()).isEqualTo(1);
    assertThat(unlucky.stage("orders")).contains(LIVE);
  }

  @Test
  void theNextStageOfARouteThatIsUnknownOrAtItsEndIsNone() {
    TableKeeper keeper =
        new TableKeeper(
            Given.rules("d1", Given.route("a", Given.SHADOW), Given.route("b", Given.LIVE)),
            table -> {});

    assertThat(keeper.nextStage("a")).contains(Given.CANARY_10);
    assertThat(keeper.nextStage("b")).isEmpty();
    assertThat(keeper.nextStage("c")).isEmpty();
  }
}
