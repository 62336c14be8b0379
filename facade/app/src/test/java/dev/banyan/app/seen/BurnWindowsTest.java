package dev.banyan.app.seen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.banyan.app.seen.RouteCounters.Judged;
import org.junit.jupiter.api.Test;

class BurnWindowsTest {
  private final BurnWindows windows = new BurnWindows();

  @Test
  void theRunningMinuteCountsAtOnce() {
    assertThat(windows.last(5, new Judged(10, 2, 1))).isEqualTo(new Judged(10, 2, 1));
  }

  @Test
  void aMinuteLeavesTheShortWindowAndStaysInTheLongOne() {
    windows.minute(new Judged(100, 50, 10));
    for (int minute = 0; minute < 5; minute++) {
      windows.minute(new Judged(100, 50, 10));
    }

    assertThat(windows.last(5, new Judged(100, 50, 10))).isEqualTo(new Judged(0, 0, 0));
    assertThat(windows.last(60, new Judged(100, 50, 10))).isEqualTo(new Judged(100, 50, 10));
  }

  @Test
  void whatIsOlderThanSixHoursIsForgotten() {
    windows.minute(new Judged(7, 7, 7));
    for (int minute = 0; minute < BurnWindows.LONGEST_MINUTES; minute++) {
      windows.minute(new Judged(8 + minute, 7, 7));
    }

    assertThat(windows.last(360, new Judged(367, 7, 7))).isEqualTo(new Judged(360, 0, 0));
  }

  @Test
  void moreThanAnIntHoldsStaysWhatItIs() {
    windows.minute(new Judged(3_000_000_000L, 2_500_000_000L, 2_200_000_000L));

    assertThat(windows.last(5, new Judged(3_000_000_000L, 2_500_000_000L, 2_200_000_000L)))
        .isEqualTo(new Judged(3_000_000_000L, 2_500_000_000L, 2_200_000_000L));
  }

  @Test
  void countersThatBeganAnewAreNotCountedBackwards() {
    windows.minute(new Judged(100, 50, 10));

    assertThat(windows.last(5, new Judged(3, 1, 0))).isEqualTo(new Judged(100, 50, 10));
  }

  @Test
  void oneIsExactlyTheBudget() {
    assertThat(BurnWindows.rate(1, 1000, 0.001)).isCloseTo(1, within(1e-9));
    assertThat(BurnWindows.rate(144, 10_000, 0.001)).isCloseTo(14.4, within(1e-9));
  }

  @Test
  void nothingAskedBurnsNothingAndABudgetOfNothingBurnsAtOnce() {
    assertThat(BurnWindows.rate(0, 0, 0.001)).isZero();
    assertThat(BurnWindows.rate(0, 10, 0)).isZero();
    assertThat(BurnWindows.rate(1, 10, 0)).isEqualTo(BurnWindows.NOTHING_ALLOWED);
  }
}
