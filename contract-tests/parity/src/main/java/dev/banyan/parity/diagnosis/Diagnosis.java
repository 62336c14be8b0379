package dev.banyan.parity.diagnosis;

import dev.banyan.parity.rules.Explanation;
import dev.banyan.rules.CompareRule;
import java.util.stream.Collectors;

/**
 * What a difference looks like.
 *
 * @param name short, the same for all of its kind: {@code bean-prefix}, or the words of rules
 *     joined by a plus: {@code time.fraction+time.utc}; empty where it looks like nothing known
 * @param text for people
 */
public record Diagnosis(String name, String text) {
  /** Between the words of several rules. */
  public static final String AND = "+";

  /** It looks like nothing known. */
  public static final Diagnosis NONE = new Diagnosis("", "");

  public boolean isKnown() {
    return !name.isEmpty();
  }

  static Diagnosis of(Explanation explanation) {
    return new Diagnosis(
        explanation.rules().stream().map(CompareRule::word).collect(Collectors.joining(AND)),
        explanation.rules().stream().map(CompareRule::text).collect(Collectors.joining("; ")));
  }

  static Diagnosis of(CompareRule rule) {
    return new Diagnosis(rule.word(), rule.text());
  }
}
