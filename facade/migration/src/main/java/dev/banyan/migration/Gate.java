package dev.banyan.migration;

import dev.banyan.migration.Evidence.SideStatistics;
import dev.banyan.rules.Budget;
import dev.banyan.rules.GatePolicy;
import dev.banyan.rules.Share;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Judges evidence. Pure.
 *
 * <p>The verdict on mismatches is valid at any time, however often it is asked for (see {@link
 * RateBound} for formula and sources). Which checks there are, and why, is told in
 * docs/reference/gate.md.
 */
public final class Gate {
  /** Fewer answers than this say nothing about a 95th percentile or a share of errors. */
  static final int LEAST_ANSWERS = 20;

  private Gate() {}

  /** All reasons are collected; one that speaks against it outweighs what is missing. */
  public static Verdict judge(Evidence evidence, GatePolicy policy, Budget budget) {
    Findings findings = new Findings();
    samples(evidence, policy, findings);
    mismatches(evidence, policy, findings);
    unjudged(evidence, findings);
    budget(evidence.migrated(), budget, findings);
    contracts(evidence, policy, findings);
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

  /** What was compared may be the easy half: most copies must have come to a comparison. */
  private static void unjudged(Evidence evidence, Findings findings) {
    Map<String, Long> reasons = new TreeMap<>(evidence.skipped());
    evidence.incomparable().forEach((reason, count) -> reasons.merge(reason, count, Long::sum));
    long unjudged = reasons.values().stream().mapToLong(Long::longValue).sum();
    long copies = unjudged + evidence.compared();
    if (unjudged > copies - unjudged) {
      findings.missing(
          "copies without a comparison: %d of %d (%s; expected: at most 50%%): %s"
              .formatted(unjudged, copies, Figures.percent(unjudged, copies), named(reasons)));
    }
  }

  /** The most frequent first. */
  private static String named(Map<String, Long> reasons) {
    return reasons.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .map(reason -> reason.getKey() + " " + reason.getValue())
        .collect(Collectors.joining(", "));
  }

  private static void budget(SideStatistics migrated, Budget budget, Findings findings) {
    if (budget.p95().isEmpty() && budget.errors().isEmpty()) {
      return;
    }
    if (migrated.answers() < LEAST_ANSWERS) {
      findings.missing(
          "answers of the migrated side: %d (expected: at least %d, to judge its budget)"
              .formatted(migrated.answers(), LEAST_ANSWERS));
      return;
    }
    budget.p95().ifPresent(limit -> p95(migrated, limit, findings));
    budget.errors().ifPresent(limit -> errors(migrated, limit, findings));
  }

  private static void p95(SideStatistics migrated, Duration limit, Findings findings) {
    Optional<Duration> p95 = migrated.p95();
    if (p95.isEmpty()) {
      findings.missing(
          "p95 of the migrated side: none, as all %d answers failed (expected: at most %s)"
              .formatted(migrated.answers(), Figures.millis(limit)));
    } else if (p95.get().compareTo(limit) > 0) {
      findings.against(
          "p95 of the migrated side: %s (expected: at most %s)"
              .formatted(Figures.millis(p95.get()), Figures.millis(limit)));
    }
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

  private static void contracts(Evidence evidence, GatePolicy policy, Findings findings) {
    if (policy.contracts() == GatePolicy.Contracts.NOT_REQUIRED) {
      return;
    }
    evidence
        .contracts()
        .ifPresentOrElse(
            report -> contracts(report, findings),
            () -> findings.missing("contract report: none (expected: one where all pass)"));
  }

  private static void contracts(Evidence.ContractSummary report, Findings findings) {
    if (report.failed() > 0) {
      findings.against(
          "contract report: %d of %d interactions failed (expected: none)"
              .formatted(report.failed(), report.failed() + report.passed()));
    } else if (report.passed() == 0) {
      findings.missing("contract report: 0 interactions (expected: at least 1)");
    }
  }
}
