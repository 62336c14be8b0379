package dev.banyan.parity.rules;

import dev.banyan.parity.json.Json;
import dev.banyan.rules.CompareRule;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** Why two values that differ may still say the same. */
public sealed interface Explanation {

  /** The rules that have to be on, all of them. */
  Set<CompareRule> rules();

  /** They say the same. */
  record Same(Set<CompareRule> rules) implements Explanation {}

  /** They say the same if these two do, which take their place. */
  record Reshaped(Set<CompareRule> rules, Json control, Json candidate) implements Explanation {}

  static Explanation same(CompareRule first, CompareRule... more) {
    EnumSet<CompareRule> rules = EnumSet.of(first);
    rules.addAll(Arrays.asList(more));
    return new Same(Collections.unmodifiableSet(rules));
  }

  static Explanation reshaped(CompareRule rule, Json control, Json candidate) {
    return new Reshaped(Set.of(rule), control, candidate);
  }
}
