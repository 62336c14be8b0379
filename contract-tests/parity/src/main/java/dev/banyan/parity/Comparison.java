package dev.banyan.parity;

import java.util.List;
import java.util.Set;

/** What comparing control and candidate came to. */
public sealed interface Comparison {

  /** Nothing differs. */
  record Match() implements Comparison {}

  /**
   * All that differs is accepted.
   *
   * @param accepted what accepted it; at least one
   */
  record Tolerated(List<Accepted> accepted) implements Comparison {
    public Tolerated {
      accepted = List.copyOf(accepted);
    }

    /** Each rule accepted one of the differences. */
    public Tolerated(List<Difference> differences, List<String> rules) {
      this(rules.stream().map(rule -> new Accepted(rule, 1, differences)).toList());
    }

    /** What differs, each place and kind a few times; a difference that takes two rules once. */
    public List<Difference> differences() {
      return accepted.stream().flatMap(one -> one.differences().stream()).distinct().toList();
    }

    /** Names of the tolerances and rules that accepted it, distinct. */
    public List<String> rules() {
      return accepted.stream().map(Accepted::rule).distinct().toList();
    }
  }

  /**
   * What one tolerance or rule accepted in one comparison.
   *
   * @param rule the tolerance's name, or the rule's word where the profile itself has it on
   * @param count how often, whether or not the difference is among those that are kept
   * @param differences some of them
   */
  record Accepted(String rule, int count, List<Difference> differences) {
    public Accepted {
      differences = List.copyOf(differences);
    }
  }

  /**
   * Something differs that nothing accepts.
   *
   * @param differences those that no tolerance accepts; at least one
   * @param accepted what was accepted beside them, as far as was looked: where the list of
   *     differences is full, nothing further was
   */
  record Mismatch(List<Difference> differences, List<AcceptedSpot> accepted) implements Comparison {
    /** Differences that are listed, at the most, and accepted spots by one name. */
    public static final int MOST = 100;

    public Mismatch {
      differences = List.copyOf(differences);
      accepted = List.copyOf(accepted);
    }

    /** One beside which nothing was accepted. */
    public Mismatch(List<Difference> differences) {
      this(differences, List.of());
    }
  }

  /**
   * Where something was accepted beside a mismatch, and what: no values, as nobody has masked them.
   *
   * @param rules names of the tolerances and rules that accepted it there; at least one
   */
  record AcceptedSpot(Spot spot, Set<String> rules) {
    public AcceptedSpot {
      rules = Set.copyOf(rules);
    }
  }

  /**
   * The pair says nothing about parity.
   *
   * @param reason one of {@code control-failed}, {@code body-too-large}, {@code body-not-kept},
   *     {@code too-deep}, {@code too-many-values}, {@code took-too-long}, {@code comparer-failed}
   */
  record Incomparable(String reason) implements Comparison {}
}
