package dev.banyan.parity.noise;

/** What is known of one place. */
public sealed interface NoiseAnswer {
  Figures figures();

  /** As in REST and CLI. */
  String word();

  /**
   * What it was told from.
   *
   * @param baseline how often legacy differed from itself
   * @param candidate how often control and candidate differed
   */
  record Figures(Rate baseline, Rate candidate) {
    public Rate.Bounds baselineBounds() {
      return baseline.bounds(NoiseJudge.ERROR / 2);
    }

    public Rate.Bounds candidateBounds() {
      return candidate.bounds(NoiseJudge.ERROR / 2);
    }
  }

  /** Legacy differs from itself there as often as from the candidate. */
  record Noise(Figures figures) implements NoiseAnswer {
    @Override
    public String word() {
      return "noise";
    }
  }

  /** The candidate differs more often than legacy from itself. */
  record NotNoise(Figures figures) implements NoiseAnswer {
    @Override
    public String word() {
      return "not-noise";
    }
  }

  /**
   * Neither can be said.
   *
   * @param missing about how many more baseline pairs will tell, if they go on as they did; 0 where
   *     more pairs with the candidate are wanted or so many that nobody should wait for them
   */
  record Insufficient(Figures figures, long missing) implements NoiseAnswer {
    @Override
    public String word() {
      return "insufficient";
    }
  }
}
