package dev.banyan.migration;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateBoundTest {

  /** A fixed sample would take ln(1 / (1 − c)) / limit; looking at any time costs at most half. */
  @ParameterizedTest(name = "limit {0}, confidence {1}")
  @CsvSource({
    "0.0001, 0.95",
    "0.001,  0.95",
    "0.01,   0.95",
    "0.05,   0.95",
    "0.2,    0.95",
    "0.001,  0.9",
    "0.001,  0.99",
    "0.001,  0.9999",
  })
  void withoutAnEventTheTrialsNeededAreWithinOneAndAHalfTimesTheFewestPossible(
      double limit, double confidence) {
    long needed = new RateBound(0, 0, confidence).cleanTrialsMissing(limit);

    assertThat(needed).isLessThanOrEqualTo((long) (-1.5 * Math.log1p(-confidence) / limit));
  }

  /** By hand: ten bets at 2 : 1 on the odds of 50 % are worth less than their sum. */
  @Test
  void theStakeIsTheSumOfTheBets() {
    // Odds r at limit 1/2: an event multiplies by 2r / (1 + r), anything else by 2 / (1 + r).
    double stake = 0;
    double[] odds = {0, 1 / 4d, 1 / 2d, 3 / 4d, 7 / 8d};
    double[] parts = {0.20, 0.20, 0.38, 0.14, 0.08};
    for (int i = 0; i < odds.length; i++) {
      stake += parts[i] * Math.pow(2 / (1 + odds[i]), 10) * Math.pow(odds[i], 2);
    }
    double confidence = 1 - 1 / stake;

    assertThat(new RateBound(2, 10, confidence - 1e-9).surelyWithin(0.5)).isTrue();
    assertThat(new RateBound(2, 10, confidence + 1e-9).surelyWithin(0.5)).isFalse();
  }

  @Test
  void nothingIsSaidOfNothing() {
    var nothing = new RateBound(0, 0, 0.5);

    assertThat(nothing.surelyAbove(0.001)).isFalse();
    assertThat(nothing.surelyWithin(0.001)).isFalse();
  }

  @Property(tries = 500)
  void itIsNeverBothAboveAndWithin(
      @ForAll @LongRange(max = 100_000) long events,
      @ForAll @LongRange(max = 1_000_000) long clean,
      @ForAll @Scale(6) @DoubleRange(min = 0.0001, max = 0.9999) double limit,
      @ForAll @Scale(6) @DoubleRange(min = 0.5, max = 0.9999) double confidence) {
    var bound = new RateBound(events, events + clean, confidence);

    assertThat(bound.surelyAbove(limit) && bound.surelyWithin(limit)).isFalse();
  }

  @Property(tries = 500)
  void oneMoreCleanTrialNeverSpeaksAgainstItAndOneMoreEventNeverForIt(
      @ForAll @LongRange(max = 1_000) long events,
      @ForAll @LongRange(max = 10_000) long clean,
      @ForAll @Scale(6) @DoubleRange(min = 0.0001, max = 0.9) double limit) {
    long trials = events + clean;
    var now = new RateBound(events, trials, 0.95);
    var cleaner = new RateBound(events, trials + 1, 0.95);
    var dirtier = new RateBound(events + 1, trials + 1, 0.95);

    assertThat(cleaner.surelyWithin(limit) || !now.surelyWithin(limit)).isTrue();
    assertThat(now.surelyAbove(limit) || !cleaner.surelyAbove(limit)).isTrue();
    assertThat(now.surelyWithin(limit) || !dirtier.surelyWithin(limit)).isTrue();
    assertThat(dirtier.surelyAbove(limit) || !now.surelyAbove(limit)).isTrue();
  }

  @Property(tries = 300)
  void theMissingCleanTrialsAreTheFewestThatDo(
      @ForAll @LongRange(max = 500) long events,
      @ForAll @LongRange(max = 5_000) long clean,
      @ForAll @Scale(6) @DoubleRange(min = 0.0001, max = 0.5) double limit,
      @ForAll @Scale(6) @DoubleRange(min = 0.5, max = 0.9999) double confidence) {
    long trials = events + clean;
    long missing = new RateBound(events, trials, confidence).cleanTrialsMissing(limit);

    assertThat(new RateBound(events, trials + missing, confidence).surelyWithin(limit)).isTrue();
    if (missing > 0) {
      assertThat(new RateBound(events, trials + missing - 1, confidence).surelyWithin(limit))
          .isFalse();
    }
  }

  @Test
  void billionsOfTrialsAreJudgedAtOnce() {
    assertThat(new RateBound(900_000, 1_000_000_000, 0.95).surelyWithin(0.001)).isTrue();
    assertThat(new RateBound(1_200_000, 1_000_000_000, 0.95).surelyAbove(0.001)).isTrue();
  }
}
