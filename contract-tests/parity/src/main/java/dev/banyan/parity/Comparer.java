package dev.banyan.parity;

import dev.banyan.parity.Difference.Kind;
import dev.banyan.rules.CompareProfile;

/** Compares two answers to one request by one profile. Thread-safe and stateless. */
public final class Comparer {
  private final CompareProfile profile;
  private final HeaderComparison headers;
  private final BodyComparison bodies;

  private Comparer(CompareProfile profile) {
    this.profile = profile;
    this.headers = new HeaderComparison(profile.headers());
    this.bodies = new BodyComparison(profile.arrays());
  }

  public static Comparer of(CompareProfile profile) {
    return new Comparer(profile);
  }

  /** Never throws: what it cannot judge is {@link Comparison.Incomparable}. */
  public Comparison compare(Observation control, Observation candidate) {
    try {
      return judge(control, candidate);
    } catch (RuntimeException | StackOverflowError unforeseen) {
      // A defect here must look like "not judged", never like "equal" and never like an outage.
      return new Comparison.Incomparable("comparer-failed");
    }
  }

  private Comparison judge(Observation control, Observation candidate) {
    if (!(control instanceof Observation.Answered left)) {
      return new Comparison.Incomparable("control-failed");
    }
    Findings findings = new Findings(profile);
    if (candidate instanceof Observation.Failed failed) {
      findings.add("candidate", Kind.FAILURE, Integer.toString(left.status()), failed.failure());
      return findings.verdict();
    }
    Observation.Answered right = (Observation.Answered) candidate;

    if (left.status() != right.status()) {
      findings.add(
          "status", Kind.VALUE, Integer.toString(left.status()), Integer.toString(right.status()));
    }
    if (!(left.body() instanceof Body.Whole) || !(right.body() instanceof Body.Whole)) {
      // Another status is a finding even where the bodies cannot be looked at.
      return findings.refusedAny()
          ? findings.verdict()
          : new Comparison.Incomparable(whyNoBody(left.body(), right.body()));
    }
    headers.compare(left.headers(), right.headers(), findings);

    return switch (bodies.compare(left, right, findings)) {
      case BodyComparison.Outcome.Judged() -> findings.verdict();
      case BodyComparison.Outcome.NotJudged(String reason) ->
          findings.refusedAny() ? findings.verdict() : new Comparison.Incomparable(reason);
    };
  }

  private static String whyNoBody(Body control, Body candidate) {
    return control instanceof Body.TooLarge || candidate instanceof Body.TooLarge
        ? "body-too-large"
        : "body-not-kept";
  }
}
