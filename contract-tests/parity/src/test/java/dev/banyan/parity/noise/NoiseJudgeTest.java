package dev.banyan.parity.noise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.parity.noise.NoiseAnswer.Figures;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is called noise, after how much, and how seldom wrongly; all seeds are fixed. */
class NoiseJudgeTest {
  private static final int RUNS = 400;
  private static final int LOOKS = 500;

  @Test
  void aValueMadeAnewForEachAnswerIsNoiseAfterAFewDozenPairs() {
    int pairs = 0;
    while (!(judge(pairs, pairs, pairs, pairs) instanceof NoiseAnswer.Noise)) {
      pairs++;
    }

    System.out.println("noise: always another value, called after " + pairs + " pairs");
    assertThat(pairs).isBetween(15, 40);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "0, 0.02", "0.001, 1", "0.05, 0.2", "0.3, 0.5", "0.7499, 1", "0.149, 0.2"})
  void aPlaceWhereTheCandidateTrulyDiffersMoreIsEverCalledNoiseInOneRunOfAHundredAtTheMost(
      double baseline, double candidate) {
    int called = runsThatEverCallItNoise(baseline, candidate, LOOKS);

    System.out.printf(
        "noise: baseline %s candidate %s: wrongly called in %d of %d runs, %d looks each%n",
        baseline, candidate, called, RUNS, LOOKS);
    assertThat(called).isLessThanOrEqualTo((int) (RUNS * NoiseJudge.ERROR));
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 40", "0.99, 0.99, 200", "0.9, 0.9, 500", "0.9375, 1, 300"})
  void aPlaceThatTrulyVariesIsCalledNoiseInNearlyEveryRun(
      double baseline, double candidate, int looks) {
    int called = runsThatEverCallItNoise(baseline, candidate, looks);

    System.out.printf(
        "noise: baseline %s candidate %s: called in %d of %d runs within %d pairs%n",
        baseline, candidate, called, RUNS, looks);
    assertThat(called).isGreaterThanOrEqualTo(RUNS * 95 / 100);
  }

  @Test
  void aSteadyLegacyIsNeverCalledNoiseHoweverMuchIsSeen() {
    for (long pairs = 1; pairs < 1L << 40; pairs *= 2) {
      assertThat(judge(0, pairs, 1, pairs)).isNotInstanceOf(NoiseAnswer.Noise.class);
      assertThat(judge(0, pairs, pairs, pairs)).isNotInstanceOf(NoiseAnswer.Noise.class);
    }
  }

  @Test
  void aWrongValueIsSoonKnownToBeNone() {
    assertThat(judge(0, 20, 20, 20)).isInstanceOf(NoiseAnswer.NotNoise.class);
  }

  @Test
  void withoutABaselineNothingIsSaid() {
    assertThat(judge(0, 0, 1000, 1000)).isInstanceOf(NoiseAnswer.Insufficient.class);
    assertThat(judge(0, 0, 0, 0)).isInstanceOf(NoiseAnswer.Insufficient.class);
  }

  @Test
  void whatIsMissingIsWhatThenIsEnough() {
    NoiseAnswer.Insufficient few = (NoiseAnswer.Insufficient) judge(10, 10, 500, 500);

    assertThat(few.missing()).isPositive();
    long then = 10 + few.missing();
    assertThat(judge(then, then, 500, 500)).isInstanceOf(NoiseAnswer.Noise.class);
    assertThat(judge(then - 1, then - 1, 500, 500)).isInstanceOf(NoiseAnswer.Insufficient.class);
  }

  @Test
  void whatNoNumberOfPairsWouldTellIsNotWaitedFor() {
    assertThat(((NoiseAnswer.Insufficient) judge(75, 100, 100, 100)).missing()).isZero();
  }

  @Test
  void whatWasNoiseIsNoneAnyLongerOnceTheCandidateDiffersFarMoreOften() {
    assertThat(judge(900, 3000, 900, 3000)).isInstanceOf(NoiseAnswer.Noise.class);
    assertThat(judge(900, 3000, 2900, 5000)).isInstanceOf(NoiseAnswer.NotNoise.class);
  }

  @Test
  void whatIsCalledNoiseStaysSoAtTheEdgeButNotBeyondIt() {
    Figures edge = new Figures(new Rate(760, 1000), new Rate(1000, 1000));
    Figures beyond = new Figures(new Rate(500, 1000), new Rate(1000, 1000));

    assertThat(NoiseJudge.isNoise(edge)).isFalse();
    assertThat(NoiseJudge.isStillNoise(edge)).isTrue();
    assertThat(NoiseJudge.isStillNoise(beyond)).isFalse();
  }

  private static int runsThatEverCallItNoise(double baseline, double candidate, int looks) {
    SplittableRandom random = new SplittableRandom(20_261_121);
    int called = 0;
    for (int run = 0; run < RUNS; run++) {
      called += everNoise(random, baseline, candidate, looks) ? 1 : 0;
    }
    return called;
  }

  private static boolean everNoise(
      SplittableRandom random, double baseline, double candidate, int looks) {
    long baselineHits = 0;
    long candidateHits = 0;
    for (int n = 1; n <= looks; n++) {
      baselineHits += random.nextDouble() < baseline ? 1 : 0;
      candidateHits += random.nextDouble() < candidate ? 1 : 0;
      if (NoiseJudge.isNoise(new Figures(new Rate(baselineHits, n), new Rate(candidateHits, n)))) {
        return true;
      }
    }
    return false;
  }

  private static NoiseAnswer judge(long baseline, long of, long candidate, long candidateOf) {
    return NoiseJudge.judge(new Figures(new Rate(baseline, of), new Rate(candidate, candidateOf)));
  }
}
