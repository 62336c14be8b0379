package dev.banyan.migration;

import static dev.banyan.migration.Given.CANARY_10;
import static dev.banyan.migration.Given.LEGACY;
import static dev.banyan.migration.Given.NOON;
import static dev.banyan.migration.Given.SHADOW;
import static dev.banyan.migration.Given.canary;
import static dev.banyan.migration.Given.compared;
import static dev.banyan.migration.Given.flip;
import static dev.banyan.migration.Given.route;
import static dev.banyan.migration.Given.rules;
import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.migration.Approval.Answer;
import dev.banyan.migration.Approval.Given;
import dev.banyan.migration.FlipCommand.Mode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApprovalTest {
  private static final Duration AN_HOUR = Duration.ofHours(1);
  private static final String CHANGE = hash("v1", 4);

  private static String hash(String version, long revision) {
    return Approval.hash("r", SHADOW, CANARY_10, "d1", Optional.of(version), revision);
  }

  private static Given given() {
    Answer answer = Approval.ask(CHANGE, "ada", NOON, AN_HOUR).approve(CHANGE, "bob", NOON);
    return ((Answer.Yes) answer).approval();
  }

  @Test
  void aSecondPersonsYesCoversExactlyThisChangeUntilItExpires() {
    assertThat(given().against(CHANGE, NOON.plus(AN_HOUR).minusMillis(1))).isEmpty();
    assertThat(given().against(CHANGE, NOON.plus(AN_HOUR)).orElseThrow()).contains("expired");
    assertThat(given().against(hash("v2", 4), NOON).orElseThrow()).contains("of change");
    assertThat(given().spend(NOON).approver()).isEqualTo("bob");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ada", "ADA", " ada ", "", " "})
  void nobodyApprovesOfTheirOwnChange(String who) {
    assertThat(Approval.ask(CHANGE, "ada", NOON, AN_HOUR).approve(CHANGE, who, NOON))
        .isInstanceOf(Answer.Refused.class);
  }

  @Test
  void aYesToSomethingElseOrTooLateDoesNotCount() {
    Approval.Asked asked = Approval.ask(CHANGE, "ada", NOON, AN_HOUR);

    assertThat(asked.approve(hash("v1", 5), "bob", NOON)).isInstanceOf(Answer.Refused.class);
    assertThat(asked.approve(CHANGE, "bob", NOON.plus(AN_HOUR))).isInstanceOf(Answer.Refused.class);
  }

  @Test
  void whateverDiffersIsAnotherChange() {
    assertThat(
            Set.of(
                CHANGE,
                hash("v2", 4),
                hash("v1", 5),
                Approval.hash("q", SHADOW, CANARY_10, "d1", Optional.of("v1"), 4),
                Approval.hash("r", SHADOW, canary(11), "d1", Optional.of("v1"), 4),
                Approval.hash("r", LEGACY, CANARY_10, "d1", Optional.of("v1"), 4),
                Approval.hash("r", SHADOW, CANARY_10, "d2", Optional.of("v1"), 4),
                Approval.hash("r", SHADOW, CANARY_10, "d1", Optional.empty(), 4)))
        .hasSize(8);
  }

  /** A guard stands in every forward flip's way, an overriding one's too, and in no rollback's. */
  @ParameterizedTest
  @ValueSource(strings = {"JUDGED", "OVERRIDE"})
  void withoutItNobodyFlipsForwardAndEverybodyRollsBack(Mode mode) {
    TableKeeper tables = new TableKeeper(rules("d1", route("r", SHADOW)), table -> {});
    FlipCoordinator coordinator =
        new FlipCoordinator(
            new InMemoryLedger(InstantSource.fixed(NOON)),
            tables,
            EvidenceSource.alone(routeId -> compared(5_000, 0)),
            ApprovalTest::missing,
            InstantSource.fixed(NOON));

    assertThat(coordinator.flip(flip("r", CANARY_10, mode)))
        .isEqualTo(new FlipResult.Illegal("approval: missing at 0"));
    assertThat(coordinator.flip(flip("r", CANARY_10, Mode.DRY_RUN)))
        .isInstanceOf(FlipResult.Planned.class);
    assertThat(coordinator.flip(flip("r", LEGACY))).isInstanceOf(FlipResult.Flipped.class);
  }

  private static Optional<String> missing(StageChange change, long revision) {
    assertThat(change.to()).isEqualTo(CANARY_10);
    return Optional.of("approval: missing at " + revision);
  }

  @Test
  void anApprovalOfYesterdayIsNotOneOfToday() {
    Instant tomorrow = NOON.plus(Duration.ofDays(1));

    assertThat(given().against(CHANGE, tomorrow)).isPresent();
  }
}
