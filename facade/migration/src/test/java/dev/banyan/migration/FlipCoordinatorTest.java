package dev.banyan.migration;

import static dev.banyan.migration.Given.CANARY_10;
import static dev.banyan.migration.Given.LEGACY;
import static dev.banyan.migration.Given.LIVE;
import static dev.banyan.migration.Given.NOON;
import static dev.banyan.migration.Given.RETIRED;
import static dev.banyan.migration.Given.SHADOW;
import static dev.banyan.migration.Given.compared;
import static dev.banyan.migration.Given.flip;
import static dev.banyan.migration.Given.flipAt;
import static dev.banyan.migration.Given.legacyOnly;
import static dev.banyan.migration.Given.refusal;
import static dev.banyan.migration.Given.route;
import static dev.banyan.migration.Given.rules;
import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.migration.FlipCommand.Mode;
import dev.banyan.migration.MergedEvidence.Contribution;
import dev.banyan.migration.MergedEvidence.Life;
import dev.banyan.migration.MergedEvidence.Reach;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlipCoordinatorTest {
  private static final Evidence CLEAN = compared(5_000, 0);
  private static final Evidence LITTLE = compared(12, 0);

  private final InMemoryLedger ledger = new InMemoryLedger(InstantSource.fixed(NOON));
  private final TableKeeper tables =
      new TableKeeper(
          rules(
              "d1",
              route("orders", SHADOW),
              route("catalog", LEGACY),
              route("done", RETIRED),
              legacyOnly("old"),
              refusal("internals")),
          table -> {});
  private Evidence evidence = CLEAN;
  private final FlipCoordinator coordinator =
      new FlipCoordinator(ledger, tables, routeId -> evidence);

  @Test
  void aFlipThatTheGateAgreesToIsWrittenDownAndInForce() throws Exception {
    FlipResult result = coordinator.flip(flip("orders", CANARY_10));

    LedgerEntry entry = ledger.readAfter(0).getFirst();
    assertThat(result).isEqualTo(new FlipResult.Flipped(entry));
    assertThat(entry.change())
        .isEqualTo(
            new StageChange(
                "orders",
                SHADOW,
                CANARY_10,
                "ada",
                "because",
                "ready",
                Optional.of(CLEAN.digest()),
                "d1"));
    assertThat(tables.stage("orders")).contains(CANARY_10);
    assertThat(tables.get().revision()).isEqualTo(1);
  }

  @Test
  void goingToShadowAsksNoGate() throws Exception {
    evidence = compared(0, 100);

    coordinator.flip(flip("catalog", SHADOW));

    StageChange change = ledger.readAfter(0).getFirst().change();
    assertThat(change.to()).isEqualTo(SHADOW);
    assertThat(change.verdict()).isEqualTo("not judged");
    assertThat(change.evidenceDigest()).isEmpty();
  }

  @Test
  void aRollbackAsksNoGateAndTheNextTableServesLegacy() {
    evidence = compared(0, 100);
    coordinator.flip(flip("orders", CANARY_10, Mode.OVERRIDE));

    assertThat(coordinator.flip(flip("orders", LEGACY))).isInstanceOf(FlipResult.Flipped.class);
    assertThat(tables.stage("orders")).contains(LEGACY);
  }

  @Test
  void aFlipThatTheGateRefusesChangesNothing() throws Exception {
    evidence = LITTLE;

    assertThat(coordinator.flip(flip("orders", CANARY_10)))
        .isInstanceOfSatisfying(
            FlipResult.Refused.class,
            refused -> {
              assertThat(refused.from()).isEqualTo(SHADOW);
              assertThat(refused.to()).isEqualTo(CANARY_10);
              assertThat(refused.verdict().word()).isEqualTo("insufficient");
            });
    assertThat(ledger.readAfter(0)).isEmpty();
    assertThat(tables.stage("orders")).contains(SHADOW);
  }

  @Test
  void anOverrideIsWrittenDownAsOneWithTheVerdictItOverrode() throws Exception {
    evidence = LITTLE;

    coordinator.flip(flip("orders", CANARY_10, Mode.OVERRIDE));

    StageChange change = ledger.readAfter(0).getFirst().change();
    assertThat(change.verdict())
        .startsWith("overridden insufficient: comparisons: 12 of 100 (expected: at least 100); ");
    assertThat(change.evidenceDigest()).contains(LITTLE.digest());
    assertThat(tables.stage("orders")).contains(CANARY_10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  \n"})
  void anOverrideWithoutAReasonIsIllegal(String reason) {
    FlipCommand command =
        new FlipCommand("orders", CANARY_10, "ada", reason, OptionalLong.empty(), Mode.OVERRIDE);

    assertThat(coordinator.flip(command))
        .isEqualTo(
            new FlipResult.Illegal("reason: none (expected: one, as the gate is overridden)"));
  }

  @Test
  void anOverrideDoesNotOverrideTheStageOrder() {
    assertThat(coordinator.flip(flip("orders", LIVE, Mode.OVERRIDE)))
        .isInstanceOf(FlipResult.Illegal.class);
  }

  @Test
  void aDryRunPlansAndJudgesAndChangesNothing() throws Exception {
    evidence = LITTLE;

    assertThat(coordinator.flip(flip("orders", CANARY_10, Mode.DRY_RUN)))
        .isInstanceOfSatisfying(
            FlipResult.Planned.class,
            planned -> assertThat(planned.verdict()).map(Verdict::word).contains("insufficient"));
    assertThat(coordinator.flip(flip("orders", LEGACY, Mode.DRY_RUN)))
        .isEqualTo(
            new FlipResult.Planned("orders", SHADOW, LEGACY, Optional.empty(), Optional.empty()));
    assertThat(ledger.readAfter(0)).isEmpty();
    assertThat(tables.stage("orders")).contains(SHADOW);
  }

  @Test
  void aFlipIsNotTakenOnTheEvidenceOfOneReplicaWhereTheOthersCannotBeRead() throws Exception {
    FlipCoordinator alone =
        new FlipCoordinator(
            ledger,
            tables,
            routeId ->
                MergedEvidence.of(
                    List.of(new Contribution("own", Life.LIVE, compared(5_000, 0))),
                    Reach.OWN_ONLY),
            ForwardGuard.NONE,
            InstantSource.fixed(NOON));

    assertThat(alone.flip(flip("orders", CANARY_10)))
        .isInstanceOfSatisfying(
            FlipResult.LedgerDown.class,
            down -> assertThat(down.reason()).contains("own evidence only"));
    assertThat(alone.flip(flip("orders", CANARY_10, Mode.DRY_RUN)))
        .isInstanceOf(FlipResult.Planned.class);
    assertThat(ledger.readAfter(0)).isEmpty();
  }

  @Test
  void aDryRunWorksWithoutTheLedger() {
    ledger.goDown();

    assertThat(coordinator.flip(flip("orders", CANARY_10, Mode.DRY_RUN)))
        .isInstanceOf(FlipResult.Planned.class);
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void routesWithoutAStageCannotBeFlipped(Mode mode) {
    assertThat(coordinator.flip(flip("nobody", SHADOW, mode)))
        .isEqualTo(new FlipResult.UnknownRoute("nobody"));
    assertThat(coordinator.flip(flip("internals", SHADOW, mode)))
        .isEqualTo(
            new FlipResult.Illegal(
                "route: internals refuses with 403 (expected: a route that forwards; only those"
                    + " have a stage)"));
    assertThat(coordinator.flip(flip("old", SHADOW, mode)))
        .isEqualTo(
            new FlipResult.Illegal(
                "route: old names no migrated upstream (expected: one, or there is nothing to"
                    + " flip to)"));
  }

  @Test
  void theStageThatTheRouteIsInIsNoFlip() {
    assertThat(coordinator.flip(flip("orders", SHADOW)))
        .isEqualTo(
            new FlipResult.Illegal("stage: shadow (expected: another one than the route is in)"));
  }

  @Test
  void whoLookedAtAnotherRevisionIsStale() throws Exception {
    coordinator.flip(flip("catalog", SHADOW));

    assertThat(coordinator.flip(flipAt(0, "orders", CANARY_10)))
        .isEqualTo(new FlipResult.Stale(0, 1));
    assertThat(coordinator.flip(flipAt(9, "orders", CANARY_10)))
        .isEqualTo(new FlipResult.Stale(9, 1));
    assertThat(ledger.readAfter(1)).isEmpty();
    assertThat(coordinator.flip(flipAt(1, "orders", CANARY_10)))
        .isInstanceOf(FlipResult.Flipped.class);
  }

  @Test
  void aNamelessOrUnkeepableCommandIsIllegal() {
    for (FlipCommand command :
        List.of(
            new FlipCommand("orders", LEGACY, " ", "", OptionalLong.empty(), Mode.JUDGED),
            new FlipCommand("orders", LEGACY, "a\0b", "", OptionalLong.empty(), Mode.JUDGED),
            new FlipCommand("orders", LEGACY, "ada", "\ud83c", OptionalLong.empty(), Mode.JUDGED),
            new FlipCommand(
                "orders", LEGACY, "ada", "x".repeat(2_001), OptionalLong.empty(), Mode.JUDGED))) {
      assertThat(coordinator.flip(command)).isInstanceOf(FlipResult.Illegal.class);
    }
  }

  @Test
  void everythingRolledBackIsEveryRouteWithAWayBackAndNoOther() {
    coordinator.flip(flip("catalog", SHADOW));
    coordinator.flip(flip("orders", CANARY_10));

    var results = coordinator.rollBackAll("ada", "fire");

    assertThat(results.keySet()).containsExactly("orders", "catalog");
    assertThat(results.values()).allMatch(FlipResult.Flipped.class::isInstance);
    assertThat(tables.stage("orders")).contains(LEGACY);
    assertThat(tables.stage("catalog")).contains(LEGACY);
    assertThat(tables.stage("done")).contains(RETIRED);
    assertThat(coordinator.rollBackAll("ada", "again")).isEmpty();
  }
}
