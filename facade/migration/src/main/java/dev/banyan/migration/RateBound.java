package dev.banyan.migration;

/**
 * What {@code events} among {@code trials} say of the true rate of events, at one confidence that
 * holds however often one looks: the verdict is valid at any time.
 *
 * <p>A test by betting. Whoever believes that the rate is at or above a limit {@code L} must take
 * the bet that multiplies a stake by {@code r / (1 + (r − 1) L)} at an event and by {@code 1 / (1 +
 * (r − 1) L)} otherwise, with {@code r < 1}: on average he does not lose by it. So the stake is a
 * nonnegative supermartingale, and the chance that it <em>ever</em> reaches {@code 1 / (1 − c)} is
 * at most {@code 1 − c} (J. Ville, "Étude critique de la notion de collectif", 1939). Where it
 * stands there, the rate is surely within the limit. With {@code r > 1} the same holds for whoever
 * believes that the rate is at or below the limit. As nobody knows the best {@code r}, the stake is
 * split over a few at the start; their sum is such a stake, too.
 *
 * <p>This is an e-process, the betting form of a confidence sequence: I. Waudby-Smith and A.
 * Ramdas, "Estimating means of bounded random variables by betting", Journal of the Royal
 * Statistical Society B 86 (2024) 1–27; S. R. Howard, A. Ramdas, J. McAuliffe and J. Sekhon,
 * "Time-uniform, nonparametric, nonasymptotic confidence sequences", Annals of Statistics 49 (2021)
 * 1055–1080. It needs no independence: it suffices that each trial's chance, given all before it,
 * is on that side of the limit.
 *
 * <p>The stake depends on the two counts alone, in whatever order the events came. So it needs no
 * state of its own, counts of several replicas may be added up ({@link EvidenceSum}), and a trial
 * without an event never takes a "within" away, as one with an event never takes an "above" away.
 *
 * @param events at most {@code trials}
 * @param confidence 0.5 up to below 1
 */
record RateBound(long events, long trials, double confidence) {
  /** The odds of an event, as a multiple of the limit's odds, that are betted on; and the parts. */
  private static final double[] LOWER_ODDS = {0, 1 / 4d, 1 / 2d, 3 / 4d, 7 / 8d};

  private static final double[] HIGHER_ODDS = {8 / 7d, 4 / 3d, 2, 4, 16, 256};
  private static final double[] LOWER_PARTS = {0.20, 0.20, 0.38, 0.14, 0.08};
  private static final double[] HIGHER_PARTS = {0.08, 0.14, 0.38, 0.20, 0.10, 0.10};

  /** Whether the rate is above the limit, which lies above 0 and below 1. */
  boolean surelyAbove(double limit) {
    return isWon(logStake(HIGHER_ODDS, HIGHER_PARTS, limit));
  }

  /** Whether the rate is not above the limit, which lies above 0 and below 1. */
  boolean surelyWithin(double limit) {
    return isWon(logStake(LOWER_ODDS, LOWER_PARTS, limit));
  }

  private boolean isWon(double logStake) {
    return logStake >= -Math.log1p(-confidence);
  }

  /** How many more trials, none with an event, would show that the rate is within the limit. */
  long cleanTrialsMissing(double limit) {
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

  private RateBound withClean(long more) {
    return new RateBound(events, trials + more, confidence);
  }

  /** The largest summand is taken out, or a long trial would leave the range of a double. */
  private double logStake(double[] odds, double[] parts, double limit) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < odds.length; i++) {
      largest = Math.max(largest, logBet(odds[i], parts[i], limit));
    }
    double sum = 0;
    for (int i = 0; i < odds.length; i++) {
      sum += Math.exp(logBet(odds[i], parts[i], limit) - largest);
    }
    return largest + Math.log(sum);
  }

  private double logBet(double odds, double part, double limit) {
    // The bet on odds of nothing is lost with the first event; 0 times minus infinity is none.
    double atEvents = events == 0 ? 0 : events * Math.log(odds);
    return Math.log(part) + atEvents - trials * Math.log1p((odds - 1) * limit);
  }
}
