package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CandidatePaceTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final CandidatePace pace = new CandidatePace();

  @Test
  void aCandidateThatAnswersIsNeverHeldBack() {
    for (int i = 0; i < 10_000; i++) {
      assertThat(pace.enter(i)).isNull();
      pace.leave(true, i);
    }
  }

  @Test
  void aCandidateThatHangsGetsOneCopyAtATime() {
    int burst = 0;
    while (pace.enter(0) == null) {
      burst++;
    }
    assertThat(burst).isEqualTo(128);
    for (int i = 0; i < burst; i++) {
      pace.leave(false, 0);
    }
    assertThat(pace.enter(0)).isEqualTo("candidate-resting");
    assertThat(pace.enter(2 * SECOND)).isNull();
    assertThat(pace.enter(2 * SECOND)).isEqualTo("in-flight-full");
  }

  @Test
  void oneThatAnswersIsFullForAMomentAndOneThatFailsIsNotWaitedFor() {
    for (int i = 0; i < 128; i++) {
      assertThat(pace.isFull()).isFalse();
      assertThat(pace.enter(0)).isNull();
    }
    assertThat(pace.isFull()).isTrue();
    pace.leave(true, 0);
    assertThat(pace.isFull()).isFalse();
    assertThat(pace.enter(0)).isNull();
    pace.leave(false, 0);
    assertThat(pace.enter(0)).isEqualTo("in-flight-full");
    assertThat(pace.isFull()).isFalse();
  }

  @Test
  void aCandidateThatResetsIsAskedAboutOnceASecondAndRecoversAtOnce() {
    int asked = 0;
    long now = 0;
    for (; now < 60 * SECOND; now += SECOND / 1000) {
      if (pace.enter(now) == null) {
        asked++;
        pace.leave(false, now);
      }
    }
    assertThat(asked).isBetween(55, 80);
    assertThat(pace.enter(now + SECOND)).isNull();
    pace.leave(true, now + SECOND);
    assertThat(pace.enter(now + SECOND)).isNull();
    assertThat(pace.enter(now + SECOND)).isNull();
  }

  @Test
  void whatNobodyUsesIsForgotten() {
    assertThat(pace.enter(5)).isNull();
    assertThat(pace.unusedSince(10)).isFalse();
    pace.leave(true, 5);
    assertThat(pace.unusedSince(10)).isTrue();
  }
}
