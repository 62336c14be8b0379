package dev.banyan.rules;

/**
 * What must be shown before a route flips forward.
 *
 * @param mismatches the share of mismatches that is accepted
 * @param confidence how sure the verdict must be, 0.5 up to 0.9999
 * @param samples the least comparisons, whatever the statistics say
 * @param contracts whether a green contract report for the migrated side is wanted
 */
public record GatePolicy(Share mismatches, double confidence, int samples, Contracts contracts) {
  public static final GatePolicy DEFAULT =
      new GatePolicy(new Share(10), 0.95, 100, Contracts.NOT_REQUIRED);

  /** Whether the gate asks for a contract report. */
  public enum Contracts {
    REQUIRED,
    NOT_REQUIRED
  }

  public GatePolicy {
    if (!(confidence >= 0.5 && confidence <= 0.9999)) {
      throw new IllegalArgumentException(
          "confidence: " + confidence + " (expected: 50% to 99.99%)");
    }
    if (samples < 1) {
      throw new IllegalArgumentException("samples: " + samples + " (expected: 1 or more)");
    }
  }
}
