package dev.banyan.rules;

import java.util.List;

/** What reading a rule set came to: all of it, or every problem in one go. */
public sealed interface ReadResult {
  record Accepted(RuleSet rules) implements ReadResult {}

  /**
   * @param problems at least one, in the order of file and line
   */
  record Rejected(List<Problem> problems) implements ReadResult {
    public Rejected {
      problems = List.copyOf(problems);
    }
  }
}
