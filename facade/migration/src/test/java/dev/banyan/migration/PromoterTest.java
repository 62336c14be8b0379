package dev.banyan.migration;

import static dev.banyan.migration.Given.LEGACY;
import static dev.banyan.migration.Given.LIVE;
import static dev.banyan.migration.Given.NOON;
import static dev.banyan.migration.Given.SHADOW;
import static dev.banyan.migration.Given.canary;
import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.migration.Promoter.Approved;
import dev.banyan.rules.CanaryPolicy;
import dev.banyan.rules.CanaryPolicy.Mode;
import dev.banyan.rules.Share;
import dev.banyan.rules.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PromoterTest {
  private static final Verdict READY = new Verdict.Ready();
  private static final Instant PAUSED = NOON.plus(Duration.ofMinutes(10));

  private static Promotion next(
      Stage stage, Mode mode, Verdict verdict, Optional<String> against, Instant at) {
    return next(stage, mode, verdict, against, Approved.NOT_YET, at);
  }

  private static Promotion next(
      Stage stage,
      Mode mode,
      Verdict verdict,
      Optional<String> against,
      Approved approval,
      Instant at) {
    CanaryPolicy canary =
        new CanaryPolicy(
            List.of(new Share(100), new Share(5_000)),
            Duration.ofMinutes(10),
            mode,
            new CanaryPolicy.Sticky.None(),
            List.of());
    return Promoter.next(
        new Promoter.Situation(stage, NOON, canary, verdict, against, approval), at);
  }

  @Test
  void itTakesEveryWrittenStepUpToLiveAndNoFurther() {
    List<Stage> taken = new ArrayList<>();
    Stage stage = SHADOW;
    while (next(stage, Mode.AUTOMATIC, READY, Optional.empty(), PAUSED)
        instanceof Promotion.Take(Stage to)) {
      taken.add(to);
      stage = to;
    }

    assertThat(taken).containsExactly(canary(1), canary(50), LIVE);
  }

  @Test
  void itWaitsForThePauseTheGateAndThePersonWhoMustLookAtABreach() {
    assertThat(next(SHADOW, Mode.AUTOMATIC, READY, Optional.empty(), PAUSED.minusSeconds(90)))
        .isEqualTo(new Promotion.Wait("pause: 90 s left"));
    assertThat(
            next(
                SHADOW,
                Mode.AUTOMATIC,
                new Verdict.Insufficient(List.of("few")),
                Optional.empty(),
                PAUSED))
        .isEqualTo(new Promotion.Wait("insufficient: few"));
    assertThat(next(SHADOW, Mode.AUTOMATIC, READY, Optional.of("breach"), PAUSED))
        .isEqualTo(new Promotion.Wait("breach"));
  }

  @Test
  void itAsksWhereAPersonMustApprove() {
    assertThat(next(SHADOW, Mode.AUTOMATIC_WITH_APPROVAL, READY, Optional.empty(), PAUSED))
        .isEqualTo(new Promotion.Ask(canary(1)));
    assertThat(
            next(
                SHADOW,
                Mode.AUTOMATIC_WITH_APPROVAL,
                READY,
                Optional.empty(),
                Approved.YES,
                PAUSED))
        .isEqualTo(new Promotion.Take(canary(1)));
  }

  @Test
  void itLeavesAloneWhatPeopleDo() {
    assertThat(next(SHADOW, Mode.MANUAL, READY, Optional.empty(), PAUSED))
        .isInstanceOf(Promotion.Leave.class);
    assertThat(next(LEGACY, Mode.AUTOMATIC, READY, Optional.empty(), PAUSED))
        .isInstanceOf(Promotion.Leave.class);
    assertThat(next(LIVE, Mode.AUTOMATIC, READY, Optional.empty(), PAUSED))
        .isInstanceOf(Promotion.Leave.class);
  }
}
