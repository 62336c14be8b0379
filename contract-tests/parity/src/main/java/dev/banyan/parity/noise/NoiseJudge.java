package dev.banyan.parity.noise;

import dev.banyan.parity.noise.NoiseAnswer.Figures;
import dev.banyan.parity.noise.NoiseAnswer.Insufficient;
import dev.banyan.parity.noise.NoiseAnswer.NotNoise;

/**
 * Whether a place is noise: legacy, asked the same twice, surely differs from itself there at least
 * {@link #AS_OFTEN} times as often as the candidate differs from the control.
 *
 * <pre>
 *   low(baseline)  ≥ AS_OFTEN · high(candidate)   Noise
 *   high(baseline) &lt; AS_OFTEN · low(candidate)    NotNoise
 *   else                                          Insufficient
 * </pre>
 *
 * Both bounds hold at all times but for {@link #ERROR} in all, so that however often anybody looks,
 * a place where the candidate truly differs more than that is ever called noise with at most that
 * probability. A place where legacy is steady is never called noise: its lower bound stays 0. Obeys
 * docs/adr/0015-noise-is-found.md.
 */
public final class NoiseJudge {
  /** How much of the candidate's rate legacy has to explain. */
  public static final double AS_OFTEN = 0.75;

  /** How likely a place is ever judged wrongly, however often somebody looks. */
  public static final double ERROR = 0.01;

  /** Less is enough for what was called noise already: nobody is helped by going to and fro. */
  private static final double STILL_AS_OFTEN = 0.6;

  private static final long FARTHEST = 1_000_000;

  private NoiseJudge() {}

  public static NoiseAnswer judge(Figures figures) {
    Rate.Bounds baseline = figures.baselineBounds();
    Rate.Bounds candidate = figures.candidateBounds();
    if (isNoise(baseline, candidate)) {
      return new NoiseAnswer.Noise(figures);
    }
    if (isNotNoise(baseline, candidate)) {
      return new NotNoise(figures);
    }
    return new Insufficient(figures, missing(figures, candidate));
  }

  /** The same question, without the work of saying what is missing. */
  static boolean isNoise(Figures figures) {
    return figures.baseline().hits() > 0
        && isNoise(figures.baselineBounds(), figures.candidateBounds());
  }

  /** Whether what was called noise may go on being called so. */
  static boolean isStillNoise(Figures figures) {
    Rate.Bounds baseline = figures.baselineBounds();
    Rate.Bounds candidate = figures.candidateBounds();
    return baseline.low() > 0
        && baseline.low() >= STILL_AS_OFTEN * candidate.high()
        && !isNotNoise(baseline, candidate);
  }

  private static boolean isNoise(Rate.Bounds baseline, Rate.Bounds candidate) {
    return baseline.low() > 0 && baseline.low() >= AS_OFTEN * candidate.high();
  }

  private static boolean isNotNoise(Rate.Bounds baseline, Rate.Bounds candidate) {
    return baseline.high() < AS_OFTEN * candidate.low();
  }

  /** Repeats what came until it would tell. */
  private static long missing(Figures figures, Rate.Bounds candidate) {
    Rate seen = figures.baseline();
    double share = seen.of() == 0 ? 1 : seen.fraction();
    long tooFew = seen.of();
    long enough = Math.max(1, tooFew);
    while (!tells(share, enough, candidate)) {
      tooFew = enough;
      enough *= 2;
      if (enough > FARTHEST) {
        return 0;
      }
    }
    while (enough - tooFew > 1) {
      long middle = tooFew + (enough - tooFew) / 2;
      if (tells(share, middle, candidate)) {
        enough = middle;
      } else {
        tooFew = middle;
      }
    }
    return Math.max(1, enough - seen.of());
  }

  private static boolean tells(double share, long pairs, Rate.Bounds candidate) {
    Rate.Bounds then = new Rate(Math.round(share * pairs), pairs).bounds(ERROR / 2);
    return isNoise(then, candidate) || isNotNoise(then, candidate);
  }
}
