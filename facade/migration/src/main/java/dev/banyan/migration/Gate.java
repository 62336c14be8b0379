package dev.banyan.migration;

import dev.banyan.migration.Evidence.SideStatistics;
import dev.banyan.rules.Budget;
import dev.banyan.rules.GatePolicy;
import dev.banyan.rules.Share;

/**
 * Judges evidence. Pure.
 *
 * <p>The verdict on mismatches and latency is valid at any time, however often it is asked for (see
 * {@link RateBound} for formula and sources). Which checks there are, and why, is told in
 * docs/reference/gate.md.
 */
public final class Gate {
  /** Fewer answers than this say nothing about a share of errors. */
  static final int LEAST_ANSWERS = 20;

  private Gate() {}

  /** All reasons are collected; one that speaks against it outweighs what is missing. */
  public static Verdict judge(Evidence evidence, GatePolicy policy, Budget budget) {
    Findings findings = new Findings();
    samples(evidence, policy, findings);
    mismatches(evidence, policy, findings);
    CoverageCheck.unjudged(evidence, policy.skipped(), findings);
    CoverageCheck.shapes(evidence, policy.shapes(), findings);
    budget(evidence, policy.confidence(), budget, findings);
    ContractCheck.contracts(evidence, policy, findings);
    return findings.verdict();
  }

  private static void samples(Evidence evidence, GatePolicy policy, Findings findings) {
    if (evidence.compared() < policy.samples()) {
      findings.missing(
          "comparisons: %d of %d (expected: at least %d)"
              .formatted(evidence.compared(), policy.samples(), policy.samples()));
    }
  }

  private static void mismatches(Evidence evidence, GatePolicy policy, Findings findings) {
    Share limit = policy.mismatches();
    if (limit.equals(Share.ALL)) {
      return;
    }
    if (limit.equals(Share.NONE)) {
      noMismatches(evidence, findings);
      return;
    }
    long comparisons = evidence.compared();
    var bound = new RateBound(evidence.mismatched(), comparisons, policy.confidence());
    String confidence = Figures.confidence(policy.confidence());
    if (bound.surelyAbove(limit.fraction())) {
      findings.against(
          "mismatches: %d of %d comparisons (%s), above the limit at %s confidence (expected: at most %s)"
              .formatted(
                  evidence.mismatched(),
                  comparisons,
                  Figures.percent(evidence.mismatched(), comparisons),
                  confidence,
                  limit));
      return;
    }
    long more = bound.cleanTrialsMissing(limit.fraction());
    if (more > 0) {
      findings.missing(
          "mismatches: %d of %d comparisons leave it open at %s confidence (expected: at most %s; %d more clean comparisons would do)"
              .formatted(evidence.mismatched(), comparisons, confidence, limit, more));
    }
  }

  /** No sample shows a rate of nothing at all: a limit of 0 asks for {@code samples} clean ones. */
  private static void noMismatches(Evidence evidence, Findings findings) {
    if (evidence.mismatched() > 0) {
      findings.against(
          "mismatches: %d of %d comparisons (expected: none)"
              .formatted(evidence.mismatched(), evidence.compared()));
    }
  }

  private static void budget(
      Evidence evidence, double confidence, Budget budget, Findings findings) {
    SideStatistics migrated = evidence.migrated();
    if (budget.equals(Budget.NONE)) {
      return;
    }
    if (migrated.answers() < LEAST_ANSWERS) {
      findings.missing(
          "answers of the migrated side: %d (expected: at least %d, to judge its budget)"
              .formatted(migrated.answers(), LEAST_ANSWERS));
      return;
    }
    LatencyCheck latency = new LatencyCheck(confidence, findings);
    budget.p95().ifPresent(limit -> latency.within(migrated, limit));
    budget.slower().ifPresent(share -> latency.beside(migrated, evidence.legacy(), share));
    budget.errors().ifPresent(limit -> errors(migrated, limit, findings));
  }

  /** Compared as whole numbers: a share that is just met is met. */
  private static void errors(SideStatistics migrated, Share limit, Findings findings) {
    if (migrated.errors() * Share.ALL.basisPoints() > migrated.answers() * limit.basisPoints()) {
      findings.against(
          "errors of the migrated side: %d of %d answers (%s; expected: at most %s)"
              .formatted(
                  migrated.errors(),
                  migrated.answers(),
                  Figures.percent(migrated.errors(), migrated.answers()),
                  limit));
    }
  }
}
