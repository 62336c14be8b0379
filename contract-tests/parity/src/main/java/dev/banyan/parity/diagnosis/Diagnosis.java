package dev.banyan.parity.diagnosis;

import dev.banyan.parity.rules.Explanation;
import dev.banyan.rules.CompareRule;
import java.util.stream.Collectors;

/**
 * What a difference looks like.
 *
 * @param name short, the same for all of its kind: {@code time.fraction}, {@code bean-prefix};
 *     empty where it looks like nothing known
 * @param text for people
 * @param cure the code change or the tolerance that would settle it
 */
public record Diagnosis(String name, String text, String cure) {
  /** It looks like nothing known. */
  public static final Diagnosis NONE = new Diagnosis("", "", "");

  public boolean isKnown() {
    return !name.isEmpty();
  }

  static Diagnosis of(Explanation explanation) {
    String words =
        explanation.rules().stream().map(CompareRule::word).collect(Collectors.joining("+"));
    String text =
        explanation.rules().stream().map(CompareRule::text).collect(Collectors.joining("; "));
    boolean safe =
        explanation.rules().stream().allMatch(rule -> rule.trust() == CompareRule.Trust.SAFE);
    return new Diagnosis(
        words,
        text,
        safe
            ? "switch the rule on in the profile, or write it as the control does"
            : "tolerate it with this rule, an owner and a reason, or write it as the control does");
  }
}
