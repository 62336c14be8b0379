package dev.banyan.parity.cure;

import dev.banyan.parity.Difference;
import dev.banyan.parity.Difference.Kind;
import dev.banyan.parity.Signature;
import dev.banyan.parity.diagnosis.KnownLook;
import dev.banyan.parity.diagnosis.RuleCode;
import dev.banyan.rules.CompareProfile.Tolerance;
import dev.banyan.rules.CompareRule;
import dev.banyan.rules.CompareRule.Trust;
import dev.banyan.rules.ToleranceWriter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The two ways to settle a difference.
 *
 * @param rule lines of the rule file, below the route's profile, that would accept it, with OWNER
 *     and REASON to be filled in; empty where nothing can
 * @param code what to change on the side that is being migrated
 */
public record Cure(String rule, String code) {
  private static final Narrowest.Wish OPEN =
      new Narrowest.Wish("OWNER", "REASON", Optional.empty());
  private static final String AS_THE_CONTROL = "write here what the control writes";

  public static Cure of(Difference difference) {
    return of(Signature.of(difference));
  }

  public static Cure of(Signature signature) {
    return signature.kind() == Kind.FAILURE
        ? new Cure("", "make the candidate answer: no whole answer came; its log says why")
        : new Cure(rule(signature), code(signature));
  }

  /** Safe rules are switched on for every place: they lose nothing. */
  private static String rule(Signature signature) {
    List<CompareRule> safe =
        Narrowest.rules(signature).stream().filter(one -> one.trust() == Trust.SAFE).toList();
    StringBuilder lines = new StringBuilder();
    if (!safe.isEmpty()) {
      lines.append("rules: { ");
      lines.append(safe.stream().map(one -> one.word() + ": on").collect(Collectors.joining(", ")));
      lines.append(" }\n");
    }
    if (safe.isEmpty() || safe.size() < Narrowest.rules(signature).size()) {
      lines.append("tolerate:\n");
      for (Tolerance one : Narrowest.of(signature, Set.copyOf(safe), OPEN)) {
        lines.append("  - ").append(ToleranceWriter.inline(one)).append('\n');
      }
    }
    return lines.toString();
  }

  private static String code(Signature signature) {
    List<CompareRule> rules = Narrowest.rules(signature);
    if (!rules.isEmpty()) {
      return rules.stream().map(RuleCode::of).distinct().collect(Collectors.joining("; "));
    }
    return KnownLook.named(signature.diagnosis())
        .map(look -> look.code(controlName(signature)))
        .orElse(AS_THE_CONTROL);
  }

  /** The control's name of a member that the candidate lacks; of another one it is not known. */
  private static String controlName(Signature signature) {
    String location = signature.location();
    return signature.kind() == Kind.MISSING
        ? location.substring(location.lastIndexOf('.') + 1)
        : "…";
  }

  /** What a diagnosis means, whatever the values; empty where nothing is known. */
  public static String means(Signature signature) {
    List<CompareRule> rules = Narrowest.rules(signature);
    return rules.isEmpty()
        ? KnownLook.named(signature.diagnosis()).map(KnownLook::means).orElse("")
        : rules.stream().map(CompareRule::text).collect(Collectors.joining("; "));
  }
}
