package dev.banyan.parity.cure;

import dev.banyan.parity.Signature;
import dev.banyan.parity.diagnosis.Diagnosis;
import dev.banyan.rules.CompareProfile.Accepted;
import dev.banyan.rules.CompareProfile.Tolerance;
import dev.banyan.rules.CompareRule;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The least that has to be accepted for one signature to be settled. */
public final class Narrowest {
  private static final int LONGEST_NAME = 60;
  private static final String WHOLE = "$";

  private Narrowest() {}

  /** Who answers for it, why, and until when. */
  public record Wish(String owner, String reason, Optional<LocalDate> expires) {}

  /**
   * The rules that know the pair; empty where one of them is needed and none knows it, so that only
   * this kind of difference at this place can be accepted.
   */
  static List<CompareRule> rules(Signature signature) {
    List<CompareRule> rules = new ArrayList<>();
    for (String word : signature.diagnosis().split(Pattern.quote(Diagnosis.AND), -1)) {
      Optional<CompareRule> rule = CompareRule.named(word);
      if (rule.isEmpty()) {
        return List.of();
      }
      rules.add(rule.get());
    }
    return rules;
  }

  /**
   * At least one tolerance.
   *
   * @param on rules that the profile has on for every place already
   */
  public static List<Tolerance> of(Signature signature, Set<CompareRule> on, Wish wish) {
    List<Tolerance> tolerances = new ArrayList<>();
    for (CompareRule rule : rules(signature)) {
      if (!on.contains(rule)) {
        tolerances.add(one(signature, place(signature, rule), new Accepted.Rule(rule), wish));
      }
    }
    if (tolerances.isEmpty()) {
      Accepted kind = new Accepted.Kind(signature.kind().word());
      tolerances.add(one(signature, signature.location(), kind, wish));
    }
    return tolerances;
  }

  /** Rules about the whole of an answer are asked at its root, wherever their traces show. */
  private static String place(Signature signature, CompareRule rule) {
    boolean ofTheWhole = rule == CompareRule.ASMX_D_WRAPPER || rule == CompareRule.JSON_REFERENCES;
    return ofTheWhole ? WHOLE : signature.location();
  }

  private static Tolerance one(Signature signature, String at, Accepted accepted, Wish wish) {
    return new Tolerance(
        name(signature, at, accepted), at, accepted, wish.owner(), wish.reason(), wish.expires());
  }

  private static String name(Signature signature, String at, Accepted accepted) {
    String what =
        switch (accepted) {
          case Accepted.Kind(String word) -> word;
          case Accepted.Rule(CompareRule rule) -> rule.word();
        };
    String name = (what + "-" + at).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    name = name.replaceAll("^-|-$", "");
    return name.length() <= LONGEST_NAME ? name : name.substring(0, 47) + "-" + signature.id();
  }
}
