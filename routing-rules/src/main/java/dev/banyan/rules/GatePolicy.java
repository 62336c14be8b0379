package dev.banyan.rules;

import java.time.Duration;

/**
 * What must be shown before a route flips forward.
 *
 * @param mismatches the share of mismatches that is accepted
 * @param confidence how sure the verdict must be, 0.5 up to 0.9999
 * @param samples the least comparisons, whatever the statistics say
 * @param skipped the share of copies that may go without a comparison
 * @param shapes requests of a shape that makes up this share of the traffic must be among the
 *     comparisons
 * @param contracts whether a green contract report for the migrated side is wanted
 * @param contractsMaxAge how old that report may be
 * @param fourEyes whether every flip forward wants a second person's approval
 */
public record GatePolicy(
    Share mismatches,
    double confidence,
    int samples,
    Share skipped,
    Share shapes,
    Contracts contracts,
    Duration contractsMaxAge,
    FourEyes fourEyes) {
  public static final GatePolicy DEFAULT =
      new GatePolicy(
          new Share(10),
          0.95,
          100,
          new Share(5_000),
          new Share(100),
          Contracts.NOT_REQUIRED,
          Duration.ofHours(24),
          FourEyes.NOT_REQUIRED);

  /** Whether the gate asks for a contract report. */
  public enum Contracts {
    REQUIRED,
    NOT_REQUIRED
  }

  /** Whether a person's flip forward wants another person's yes; rollbacks never do. */
  public enum FourEyes {
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

  /** Without a second person. */
  public GatePolicy(
      Share mismatches,
      double confidence,
      int samples,
      Share skipped,
      Share shapes,
      Contracts contracts,
      Duration contractsMaxAge) {
    this(
        mismatches,
        confidence,
        samples,
        skipped,
        shapes,
        contracts,
        contractsMaxAge,
        FourEyes.NOT_REQUIRED);
  }
}
