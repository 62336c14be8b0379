package dev.banyan.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.rules.CompareProfile;
import dev.banyan.rules.CompareProfile.Accepted;
import dev.banyan.rules.CompareProfile.Tolerance;
import dev.banyan.rules.CompareRule;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Switched on for every place, no rule hides a real break but the one that it is for. */
class OptInRulesTest {
  /** Rows that nobody may accept by a rule, as the catalogue lists them. */
  private static final Set<Integer> NEVER =
      Set.of(3, 13, 14, 15, 31, 32, 33, 39, 58, 73, 77, 80, 81, 88);

  /** The exceptions, each with the words of the rule that say so. */
  private static final Map<CompareRule, Map<String, String>> MEANT =
      Map.of(
          CompareRule.JSON_NULL_MISSING,
          Map.of("46 B a cycle, omitted vs null", "null vs no member, whatever the reason"));

  private static final List<CompareRule> OPT_IN =
      Arrays.stream(CompareRule.values())
          .filter(rule -> rule.trust() == CompareRule.Trust.OPT_IN)
          .toList();

  @Test
  void eachAloneHidesNoBreakButItsOwn() {
    System.out.printf("opt-in rules at **, over %d breaks:%n", breaks().size());
    for (CompareRule rule : OPT_IN) {
      Set<String> hidden = hidden(List.of(rule));
      Map<String, String> meant = MEANT.getOrDefault(rule, Map.of());
      System.out.printf(
          "  %-24s %2d hidden, differences accepted in %s%n",
          rule.word(), hidden.size(), reached(List.of(rule), breaks()));
      hidden.forEach(
          pair -> System.out.printf("    %s: %s%n", pair, meant.getOrDefault(pair, "NOT ITS OWN")));
      assertThat(hidden).as(rule.word()).isEqualTo(meant.keySet());
    }
  }

  @Test
  void allTogetherHideNoMoreThanEachAlone() {
    Set<String> meant = new TreeSet<>();
    MEANT.values().forEach(pairs -> meant.addAll(pairs.keySet()));

    assertThat(hidden(OPT_IN)).isEqualTo(meant);
  }

  @Test
  void ofWhatNobodyMayAcceptTheyAcceptNothing() {
    List<Corpus.Pair> never = breaks().stream().filter(pair -> NEVER.contains(pair.row())).toList();

    assertThat(never.stream().map(Corpus.Pair::row)).containsAll(NEVER);
    assertThat(reached(OPT_IN, never)).isEmpty();
  }

  private static List<Corpus.Pair> breaks() {
    return Corpus.pairs().stream().filter(pair -> pair.verdict().equals("B")).toList();
  }

  private static Set<String> hidden(Collection<CompareRule> rules) {
    Comparer comparer = everywhere(rules);
    Set<String> hidden = new TreeSet<>();
    for (Corpus.Pair pair : breaks()) {
      if (!(comparer.compare(pair.control(), pair.candidate()) instanceof Comparison.Mismatch)) {
        hidden.add(pair.toString());
      }
    }
    return hidden;
  }

  /** Rows of which something is accepted, whether or not something else is left. */
  private static Set<Integer> reached(Collection<CompareRule> rules, List<Corpus.Pair> pairs) {
    Comparer without = Comparer.of(CompareProfile.DOTNET_JSON);
    Comparer with = everywhere(rules);
    Set<Integer> reached = new TreeSet<>();
    for (Corpus.Pair pair : pairs) {
      if (!refused(with, pair).containsAll(refused(without, pair))) {
        reached.add(pair.row());
      }
    }
    return reached;
  }

  private static List<String> refused(Comparer comparer, Corpus.Pair pair) {
    return comparer.compare(pair.control(), pair.candidate()) instanceof Comparison.Mismatch found
        ? found.differences().stream().map(one -> one.location() + " " + one.kind().word()).toList()
        : List.of();
  }

  private static Comparer everywhere(Collection<CompareRule> rules) {
    return Comparer.of(
        CompareProfile.DOTNET_JSON.withTolerances(
            rules.stream()
                .map(
                    rule ->
                        new Tolerance(
                            rule.word().replace('.', '-'),
                            CompareProfile.EVERYWHERE,
                            new Accepted.Rule(rule),
                            "team",
                            "known",
                            Optional.empty()))
                .toList()));
  }
}
