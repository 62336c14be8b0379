package dev.banyan.contracts;

import dev.banyan.parity.Difference;
import java.time.Instant;
import java.util.List;

/**
 * What verifying a contract against a target came to.
 *
 * @param target base URL
 */
public record ContractReport(String routeId, String target, Instant at, List<Result> results) {
  public ContractReport {
    results = List.copyOf(results);
  }

  /**
   * One interaction's outcome.
   *
   * @param differences that nothing accepts; empty where it passed
   * @param tolerated that rules or tolerances of the profile accept; empty where it failed
   */
  public record Result(
      String name, boolean passed, List<Difference> differences, List<Difference> tolerated) {
    public Result {
      differences = List.copyOf(differences);
      tolerated = List.copyOf(tolerated);
    }
  }

  public long passed() {
    return results.stream().filter(Result::passed).count();
  }

  public long failed() {
    return results.size() - passed();
  }

  /** Every interaction passed, and there was at least one. */
  public boolean green() {
    return !results.isEmpty() && failed() == 0;
  }
}
