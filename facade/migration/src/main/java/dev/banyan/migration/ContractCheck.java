package dev.banyan.migration;

import dev.banyan.migration.Evidence.ContractSummary;
import dev.banyan.rules.GatePolicy;
import java.time.Duration;

/** Whether the candidate's contract was verified: this candidate's, not long ago, and all of it. */
final class ContractCheck {
  private ContractCheck() {}

  static void contracts(Evidence evidence, GatePolicy policy, Findings findings) {
    if (policy.contracts() == GatePolicy.Contracts.NOT_REQUIRED) {
      return;
    }
    evidence
        .contracts()
        .ifPresentOrElse(
            report -> contracts(report, evidence, policy.contractsMaxAge(), findings),
            () -> findings.missing("contract report: none (expected: one where all pass)"));
  }

  private static void contracts(
      ContractSummary report, Evidence evidence, Duration maxAge, Findings findings) {
    if (isOfAnother(report, evidence)) {
      findings.missing(
          "contract report: for version %s (expected: for the present version, %s)"
              .formatted(report.version().orElseThrow(), evidence.version().orElseThrow()));
    } else if (report.failed() > 0) {
      findings.against(
          "contract report: %d of %d interactions failed (expected: none)"
              .formatted(report.failed(), report.failed() + report.passed()));
    } else if (report.passed() == 0) {
      findings.missing("contract report: 0 interactions (expected: at least 1)");
    } else if (report.at().plus(maxAge).isBefore(evidence.at())) {
      findings.missing(
          "contract report: of %s (expected: not older than %s)"
              .formatted(report.at(), Figures.span(maxAge)));
    }
  }

  /** A report that names no version arrived while the present one was (see VersionedWindow). */
  private static boolean isOfAnother(ContractSummary report, Evidence evidence) {
    return report.version().isPresent()
        && evidence.version().isPresent()
        && !report.version().equals(evidence.version());
  }
}
