package dev.banyan.migration;

/**
 * Tail probabilities of the binomial distribution, to about ten digits.
 *
 * <p>The term at the edge comes from logarithms of factorials (Stirling's series); its neighbours
 * follow by the ratio of two terms, away from the mean, where they shrink. So the work grows with
 * the square root of the number of trials at the most.
 */
final class BinomialTail {
  private static final double NEGLIGIBLE = 1e-17;

  private BinomialTail() {}

  /** P(X ≤ k) for n trials that each succeed with probability p, 0 &lt; p &lt; 1. */
  static double atMost(long k, long n, double p) {
    if (k < 0) {
      return 0;
    }
    if (k >= n) {
      return 1;
    }
    return k < n * p ? sumDown(k, n, p) : 1 - sumUp(k + 1, n, p);
  }

  /** P(X ≥ k), likewise. */
  static double atLeast(long k, long n, double p) {
    if (k <= 0) {
      return 1;
    }
    if (k > n) {
      return 0;
    }
    return k > n * p ? sumUp(k, n, p) : 1 - sumDown(k - 1, n, p);
  }

  private static double sumDown(long k, long n, double p) {
    double term = Math.exp(logTerm(k, n, p));
    double sum = term;
    for (long i = k; i > 0 && term > sum * NEGLIGIBLE; i--) {
      term *= i * (1 - p) / ((n - i + 1) * p);
      sum += term;
    }
    return Math.min(1, sum);
  }

  private static double sumUp(long k, long n, double p) {
    double term = Math.exp(logTerm(k, n, p));
    double sum = term;
    for (long i = k; i < n && term > sum * NEGLIGIBLE; i++) {
      term *= (n - i) * p / ((i + 1) * (1 - p));
      sum += term;
    }
    return Math.min(1, sum);
  }

  private static double logTerm(long k, long n, double p) {
    double logChoices = logFactorial(n) - logFactorial(k) - logFactorial(n - k);
    return logChoices + k * Math.log(p) + (n - k) * Math.log1p(-p);
  }

  /** Stirling's series for log-gamma (NIST DLMF 5.11.1), used from 10 on, where four terms do. */
  private static double logFactorial(long n) {
    double shift = 0;
    double y = n + 1.0;
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
