package dev.banyan.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MismatchBoundTest {

  /** The sample sizes of S. S. Wilks (1941) for 95 % at 95 %, and the same without mismatches. */
  @ParameterizedTest(name = "{0} mismatches, limit {1}, confidence {2}: {3}")
  @CsvSource({
    "0, 0.05,  0.95, 59",
    "1, 0.05,  0.95, 93",
    "2, 0.05,  0.95, 124",
    "3, 0.05,  0.95, 153",
    "4, 0.05,  0.95, 181",
    "0, 0.01,  0.95, 299",
    "0, 0.001, 0.95, 2995",
    "1, 0.001, 0.95, 4742",
    "3, 0.001, 0.95, 7752",
    "0, 0.01,  0.99, 459",
  })
  void theSampleSizesAreTheOnesOfTheTables(
      long mismatches, double limit, double confidence, long size) {
    assertThat(new MismatchBound(mismatches, size, confidence).surelyWithin(limit)).isTrue();
    assertThat(new MismatchBound(mismatches, size - 1, confidence).surelyWithin(limit)).isFalse();
    assertThat(new MismatchBound(mismatches, mismatches, confidence).cleanComparisonsMissing(limit))
        .isEqualTo(size - mismatches);
  }

  /** The lower bound of 1 of n at 95 % is 1 − 0.95^(1/n): above 0.1 % up to n = 51. */
  @Test
  void oneMismatchIsSurelyAboveTheLimitOnlyInASmallSample() {
    assertThat(new MismatchBound(1, 51, 0.95).surelyAbove(0.001)).isTrue();
    assertThat(new MismatchBound(1, 52, 0.95).surelyAbove(0.001)).isFalse();
  }

  @Test
  void nothingIsSaidOfNothing() {
    var nothing = new MismatchBound(0, 0, 0.95);

    assertThat(nothing.surelyAbove(0.001)).isFalse();
    assertThat(nothing.surelyWithin(0.001)).isFalse();
  }

  @Property(tries = 300)
  void itIsNeverBothAboveAndWithin(
      @ForAll @LongRange(max = 100_000) long mismatches,
      @ForAll @LongRange(max = 1_000_000) long clean,
      @ForAll @Scale(6) @DoubleRange(min = 0.0001, max = 0.9999) double limit,
      @ForAll @Scale(6) @DoubleRange(min = 0.5, max = 0.9999) double confidence) {
    var bound = new MismatchBound(mismatches, mismatches + clean, confidence);

    assertThat(bound.surelyAbove(limit) && bound.surelyWithin(limit)).isFalse();
  }

  @Property(tries = 300)
  void theMissingCleanComparisonsAreTheFewestThatDo(
      @ForAll @LongRange(max = 500) long mismatches,
      @ForAll @LongRange(max = 5_000) long clean,
      @ForAll @Scale(6) @DoubleRange(min = 0.0001, max = 0.5) double limit,
      @ForAll @Scale(6) @DoubleRange(min = 0.5, max = 0.9999) double confidence) {
    long comparisons = mismatches + clean;
    long missing =
        new MismatchBound(mismatches, comparisons, confidence).cleanComparisonsMissing(limit);

    assertThat(new MismatchBound(mismatches, comparisons + missing, confidence).surelyWithin(limit))
        .isTrue();
    if (missing > 0) {
      assertThat(
              new MismatchBound(mismatches, comparisons + missing - 1, confidence)
                  .surelyWithin(limit))
          .isFalse();
    }
  }

  @Property(tries = 200)
  void theTailsAreThoseOfAddingUpEveryTerm(
      @ForAll @LongRange(min = 1, max = 400) long n,
      @ForAll @LongRange(max = 400) long k,
      @ForAll @Scale(6) @DoubleRange(min = 0.001, max = 0.999) double p) {
    double atMost = 0;
    double term = Math.exp(n * Math.log1p(-p));
    for (long i = 0; i <= Math.min(k, n); i++) {
      atMost += term;
      term *= (double) (n - i) / (i + 1) * p / (1 - p);
    }
    // Beyond this the plain sum's first term is no longer a normal number.
    if (n * Math.log1p(-p) > -700) {
      assertThat(BinomialTail.atMost(k, n, p)).isCloseTo(atMost, within(1e-9));
      assertThat(BinomialTail.atLeast(k + 1, n, p)).isCloseTo(1 - atMost, within(1e-9));
    }
  }

  @Test
  void millionsOfComparisonsAreJudgedAtOnce() {
    var good = new MismatchBound(900_000, 1_000_000_000, 0.95);
    var bad = new MismatchBound(1_100_000, 1_000_000_000, 0.95);

    assertThat(good.surelyWithin(0.001)).isTrue();
    assertThat(bad.surelyAbove(0.001)).isTrue();
  }
}
