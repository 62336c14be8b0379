package dev.banyan.migration;

/**
 * What {@code mismatches} of {@code comparisons} say of the true mismatch rate, at one confidence.
 *
 * <p>The one-sided exact bounds of Clopper and Pearson ("The use of confidence or fiducial limits
 * illustrated in the case of the binomial", Biometrika 26, 1934, 404–413): with confidence {@code
 * c}, the upper bound lies at or below a limit exactly where P(X ≤ mismatches | limit) ≤ 1 − c, and
 * the lower bound above it exactly where P(X ≥ mismatches | limit) &lt; 1 − c. So neither bound
 * needs to be solved for. Without a mismatch, about ln(1 / (1 − c)) / limit comparisons are needed.
 *
 * <p>The confidence holds for a sample whose size was fixed beforehand. Asking again and again
 * until the answer is yes makes a wrong yes likelier than {@code 1 − c}.
 *
 * @param confidence 0.5 up to below 1
 */
record MismatchBound(long mismatches, long comparisons, double confidence) {

  /** Whether even the lower bound is above the limit, which lies above 0 and below 1. */
  boolean surelyAbove(double limit) {
    return BinomialTail.atLeast(mismatches, comparisons, limit) < 1 - confidence;
  }

  /** Whether even the upper bound is not above the limit, which lies above 0 and below 1. */
  boolean surelyWithin(double limit) {
    return BinomialTail.atMost(mismatches, comparisons, limit) <= 1 - confidence;
  }

  /** How many more comparisons, all clean, bring the upper bound down to the limit; 0 if none. */
  long cleanComparisonsMissing(double limit) {
    if (surelyWithin(limit)) {
      return 0;
    }
    long tooFew = 0;
    long enough = 1;
    while (!withClean(enough).surelyWithin(limit)) {
      tooFew = enough;
      enough *= 2;
    }
    while (enough - tooFew > 1) {
      long middle = tooFew + (enough - tooFew) / 2;
      if (withClean(middle).surelyWithin(limit)) {
        enough = middle;
      } else {
        tooFew = middle;
      }
    }
    return enough;
  }

  private MismatchBound withClean(long more) {
    return new MismatchBound(mismatches, comparisons + more, confidence);
  }
}
