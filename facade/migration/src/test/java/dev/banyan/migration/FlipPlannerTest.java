package dev.banyan.migration;

import static dev.banyan.migration.Given.CANARY_10;
import static dev.banyan.migration.Given.LEGACY;
import static dev.banyan.migration.Given.LIVE;
import static dev.banyan.migration.Given.RETIRED;
import static dev.banyan.migration.Given.SHADOW;
import static dev.banyan.migration.Given.canary;
import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.rules.Share;
import dev.banyan.rules.Stage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlipPlannerTest {
  private static final List<Stage> ALL =
      List.of(LEGACY, SHADOW, CANARY_10, canary(50), LIVE, RETIRED);

  /** Every pair of stages: F forward by gate, f forward without, B back, = no change, - illegal. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "legacy,    = f - - - -",
    "shadow,    B = F F - -",
    "canary:10, B - = F F -",
    "canary:50, B - - = F -",
    "live,      B - - - = F",
    "retired,   - - - - - =",
  })
  void theStageOrderAllowsTheseStepsAndNoOthers(String from, String expected) {
    List<String> found = ALL.stream().map(to -> sign(Stage.parse(from), to)).toList();

    assertThat(String.join(" ", found)).isEqualTo(expected);
  }

  private static String sign(Stage from, Stage to) {
    return switch (FlipPlanner.plan(from, to)) {
      case FlipPlan.Forward(Stage planned, Stage wanted, var judging) -> {
        assertThat(planned).isEqualTo(from);
        assertThat(wanted).isEqualTo(to);
        yield judging == FlipPlan.Judging.BY_GATE ? "F" : "f";
      }
      case FlipPlan.Back(var planned, var wanted) -> {
        assertThat(planned).isEqualTo(from);
        assertThat(wanted).isEqualTo(to);
        yield "B";
      }
      case FlipPlan.NoChange(Stage stage) -> {
        assertThat(stage).isEqualTo(from);
        yield "=";
      }
      case FlipPlan.Illegal illegal -> "-";
    };
  }

  @ParameterizedTest(name = "{0} to {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "legacy    | live      | stage: live (expected after legacy: shadow)",
        "shadow    | live      | stage: live (expected after shadow: canary:PERCENT, or legacy to"
            + " roll back)",
        "canary:10 | shadow    | stage: shadow (expected after canary:10: canary above 10%, live,"
            + " or legacy to roll back)",
        "canary:10 | canary:5  | stage: canary:5 (a canary only grows: roll back instead; expected"
            + " after canary:10: canary above 10%, live, or legacy to roll back)",
        "live      | canary:10 | stage: canary:10 (expected after live: retired, or legacy to roll"
            + " back)",
        "retired   | legacy    | stage: legacy (expected after retired: nothing, there is no way"
            + " back)",
      })
  void anIllegalStepNamesTheAllowedOnes(String from, String to, String reason) {
    assertThat(FlipPlanner.plan(Stage.parse(from), Stage.parse(to)))
        .isEqualTo(new FlipPlan.Illegal(reason));
  }

  private static final List<Share> STEPS =
      List.of(new Share(100), new Share(500), new Share(5_000));

  @ParameterizedTest(name = "{0} to {1}: {2}")
  @CsvSource({
    "shadow,    canary:1,  true",
    "shadow,    canary:5,  false",
    "canary:1,  canary:5,  true",
    "canary:1,  canary:50, false",
    "canary:1,  live,      false",
    "canary:5,  canary:50, true",
    "canary:50, live,      true",
    "canary:50, canary:60, false",
    "canary:10, canary:50, true",
    "canary:60, live,      true",
    "canary:50, legacy,    true",
    "live,      retired,   true",
    "canary:50, retired,   false",
  })
  void whereStepsAreWrittenEachIsTaken(String from, String to, boolean legal) {
    FlipPlan plan = FlipPlanner.plan(Stage.parse(from), Stage.parse(to), STEPS);

    assertThat(plan instanceof FlipPlan.Illegal).isEqualTo(!legal);
  }

  @Test
  void aSkippedStepNamesTheNextOne() {
    assertThat(FlipPlanner.plan(canary(1), LIVE, STEPS))
        .isEqualTo(
            new FlipPlan.Illegal(
                "stage: live (every written step is taken; expected after canary:1: canary:5, or"
                    + " legacy to roll back)"));
    assertThat(FlipPlanner.plan(canary(5), canary(1), STEPS))
        .isEqualTo(
            new FlipPlan.Illegal(
                "stage: canary:1 (a canary only grows: roll back instead; expected after canary:5:"
                    + " canary:50, or legacy to roll back)"));
  }

  @Test
  void aBarePromotionFollowsTheWrittenSteps() {
    assertThat(FlipPlanner.next(SHADOW, STEPS)).contains(canary(1));
    assertThat(FlipPlanner.next(canary(1), STEPS)).contains(canary(5));
    assertThat(FlipPlanner.next(canary(7), STEPS)).contains(canary(50));
    assertThat(FlipPlanner.next(canary(50), STEPS)).contains(LIVE);
    assertThat(FlipPlanner.next(LIVE, STEPS)).isEmpty();
  }

  @Test
  void aBarePromotionTakesTheNextStepAndNeverRetires() {
    assertThat(FlipPlanner.next(LEGACY)).contains(SHADOW);
    assertThat(FlipPlanner.next(SHADOW)).contains(CANARY_10);
    assertThat(FlipPlanner.next(CANARY_10)).contains(LIVE);
    assertThat(FlipPlanner.next(LIVE)).isEmpty();
    assertThat(FlipPlanner.next(RETIRED)).isEmpty();
  }
}
