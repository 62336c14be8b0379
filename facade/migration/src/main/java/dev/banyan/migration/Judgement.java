package dev.banyan.migration;

import dev.banyan.rules.RouteTarget;
import java.util.Optional;

/**
 * A verdict together with the evidence that it was made from; empty where no gate was asked.
 *
 * @param evidenceDigest there where the verdict is
 */
record Judgement(Optional<Verdict> verdict, Optional<String> evidenceDigest) {
  static final Judgement NONE = new Judgement(Optional.empty(), Optional.empty());

  static Judgement of(Evidence evidence, RouteTarget.Forward policies) {
    return new Judgement(
        Optional.of(Gate.judge(evidence, policies.gate(), policies.budget())),
        Optional.of(evidence.digest()));
  }

  /** Whether nothing speaks against the step. */
  boolean agrees() {
    return verdict.map(Verdict.Ready.class::isInstance).orElse(true);
  }

  /** As it is written down; a verdict that did not agree was overridden, or we were not here. */
  String text() {
    if (verdict.isEmpty()) {
      return "not judged";
    }
    Verdict given = verdict.get();
    return agrees()
        ? given.word()
        : "overridden " + given.word() + ": " + String.join("; ", given.reasons());
  }
}
