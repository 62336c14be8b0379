package dev.banyan.parity.noise;

/**
 * Bounds of a rate that may be looked at after every single trial.
 *
 * <p>Bounds for a sample of fixed size (Wilson's, Clopper and Pearson's) are wrong far more often
 * than they say when somebody looks again and again until they like what they see. These hold at
 * all times at once. For trials that succeed with probability p, the likelihood of what came, mixed
 * over all rates by Beta(½, ½), divided by its likelihood at p,
 *
 * <pre>M(p) = B(hits + ½, misses + ½) / B(½, ½) / (p^hits (1 − p)^misses)</pre>
 *
 * is a martingale with mean 1, and so ever exceeds 1/error with a probability of at most {@code
 * error} (J. Ville, "Étude critique de la notion de collectif", 1939). The rates with M(p) &lt;
 * 1/error are the bounds (H. Robbins, "Statistical methods related to the law of the iterated
 * logarithm", Ann. Math. Statist. 41, 1970, 1397–1409; S. R. Howard et al., "Time-uniform,
 * nonparametric, nonasymptotic confidence sequences", Ann. Statist. 49, 2021, 1055–1080).
 */
final class RateBounds {
  private static final int STEPS = 40;

  private RateBounds() {}

  static Rate.Bounds of(Rate rate, double error) {
    if (rate.of() == 0) {
      return new Rate.Bounds(0, 1);
    }
    double least =
        logBeta(rate.hits() + 0.5, rate.of() - rate.hits() + 0.5)
            - Math.log(Math.PI)
            + Math.log(error);
    double seen = rate.fraction();
    double low = rate.hits() == 0 ? 0 : edge(rate, least, 0, seen);
    double high = rate.hits() == rate.of() ? 1 : edge(rate, least, 1, seen);
    return new Rate.Bounds(low, high);
  }

  /** Between a rate that is ruled out and one that is not, kept on the side that is. */
  private static double edge(Rate rate, double least, double ruledOut, double possible) {
    double outside = ruledOut;
    double inside = possible;
    for (int i = 0; i < STEPS; i++) {
      double middle = (outside + inside) / 2;
      if (logLikelihood(rate, middle) > least) {
        inside = middle;
      } else {
        outside = middle;
      }
    }
    return outside;
  }

  private static double logLikelihood(Rate rate, double p) {
    return times(rate.hits(), Math.log(p)) + times(rate.of() - rate.hits(), Math.log1p(-p));
  }

  private static double times(long count, double log) {
    return count == 0 ? 0 : count * log;
  }

  private static double logBeta(double a, double b) {
    return logGamma(a) + logGamma(b) - logGamma(a + b);
  }

  /** Stirling's series (NIST DLMF 5.11.1), from 10 on, where four terms give ten digits. */
  private static double logGamma(double x) {
    double shift = 0;
    double y = x;
    while (y < 10) {
      shift += Math.log(y);
      y++;
    }
    double square = y * y;
    double series =
        (1.0 / 12 - (1.0 / 360 - (1.0 / 1260 - 1.0 / (1680 * square)) / square) / square) / y;
    return (y - 0.5) * Math.log(y) - y + 0.5 * Math.log(2 * Math.PI) + series - shift;
  }
}
