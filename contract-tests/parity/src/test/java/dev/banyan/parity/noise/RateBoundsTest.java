package dev.banyan.parity.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bounds that hold however often somebody looks. */
class RateBoundsTest {
  private static final double ERROR = 0.05;

  @Test
  void nothingSeenSaysNothing() {
    assertThat(Rate.NONE.bounds(ERROR)).isEqualTo(new Rate.Bounds(0, 1));
  }

  /** For k of 2 the mixture is 3/8, 1/8 or 3/8: solved by hand. */
  @Test
  void theBoundsAreThoseOfTheFormula() {
    assertThat(new Rate(2, 2).bounds(0.2).low()).isCloseTo(Math.sqrt(0.2 * 3 / 8), within(1e-9));
    assertThat(new Rate(0, 2).bounds(0.2).high())
        .isCloseTo(1 - Math.sqrt(0.2 * 3 / 8), within(1e-9));
    double half = Math.sqrt(0.25 - 0.2 / 8);
    assertThat(new Rate(1, 2).bounds(0.2).low()).isCloseTo(0.5 - half, within(1e-9));
    assertThat(new Rate(1, 2).bounds(0.2).high()).isCloseTo(0.5 + half, within(1e-9));
  }

  @Test
  void theyHoldTheRateSeenAndCloseInOnIt() {
    double before = 1;
    for (long n = 10; n <= 10_000_000; n *= 10) {
      Rate.Bounds bounds = new Rate(3 * n / 10, n).bounds(ERROR);
      assertThat(bounds.low()).isLessThan(0.3);
      assertThat(bounds.high()).isGreaterThan(0.3);
      assertThat(bounds.high() - bounds.low()).isLessThan(before);
      before = bounds.high() - bounds.low();
    }
    assertThat(before).isLessThan(0.002);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.3, 0.5, 0.99})
  void theTrueRateIsEverOutsideInFewerRunsThanTheErrorAllowsAtEveryLook(double rate) {
    SplittableRandom random = new SplittableRandom(4711);
    int runs = 300;
    int missed = 0;
    for (int run = 0; run < runs; run++) {
      missed += everOutside(random, rate) ? 1 : 0;
    }

    assertThat(missed).isLessThanOrEqualTo((int) (runs * ERROR));
  }

  @Test
  void moreHitsThanTrialsAreNoRate() {
    assertThatThrownBy(() -> new Rate(3, 2)).hasMessage("hits: 3 (expected: 0 to 2)");
  }

  private static boolean everOutside(SplittableRandom random, double rate) {
    long hits = 0;
    for (int n = 1; n <= 600; n++) {
      hits += random.nextDouble() < rate ? 1 : 0;
      Rate.Bounds bounds = new Rate(hits, n).bounds(ERROR);
      if (rate < bounds.low() || rate > bounds.high()) {
        return true;
      }
    }
    return false;
  }
}
