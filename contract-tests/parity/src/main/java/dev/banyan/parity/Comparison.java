package dev.banyan.parity;

import java.util.List;

/** What comparing control and candidate came to. */
public sealed interface Comparison {

  /** Nothing differs. */
  record Match() implements Comparison {}

  /**
   * All that differs is accepted.
   *
   * @param differences at least one
   * @param rules names of the tolerances that accepted them, distinct
   */
  record Tolerated(List<Difference> differences, List<String> rules) implements Comparison {
    public Tolerated {
      differences = List.copyOf(differences);
      rules = List.copyOf(rules);
    }
  }

  /**
   * Something differs that nothing accepts.
   *
   * @param differences those that no tolerance accepts; at least one
   */
  record Mismatch(List<Difference> differences) implements Comparison {
    public Mismatch {
      differences = List.copyOf(differences);
    }
  }

  /**
   * The pair says nothing about parity.
   *
   * @param reason one of {@code control-failed}, {@code body-too-large}, {@code body-not-kept},
   *     {@code too-deep}, {@code comparer-failed}
   */
  record Incomparable(String reason) implements Comparison {}
}
