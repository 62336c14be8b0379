package dev.banyan.migration;

import static dev.banyan.migration.Given.NOON;
import static dev.banyan.migration.Given.compared;
import static dev.banyan.migration.Given.evidence;
import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.migration.Evidence.ContractSummary;
import dev.banyan.migration.Evidence.SideStatistics;
import dev.banyan.rules.Budget;
import dev.banyan.rules.GatePolicy;
import dev.banyan.rules.GatePolicy.Contracts;
import dev.banyan.rules.Share;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateTest {
  private static final GatePolicy FIVE_PERCENT = policy("5%", 50, Contracts.NOT_REQUIRED);
  private static final GatePolicy ANYTHING = policy("100%", 1, Contracts.NOT_REQUIRED);
  private static final GatePolicy CONTRACTS = policy("100%", 1, Contracts.REQUIRED);

  private static GatePolicy policy(String mismatches, int samples, Contracts contracts) {
    return new GatePolicy(
        Share.parse(mismatches),
        0.95,
        samples,
        Share.parse("50%"),
        Share.parse("1%"),
        contracts,
        Duration.ofHours(12));
  }

  private static Verdict judge(Evidence evidence, GatePolicy policy) {
    return Gate.judge(evidence, policy, Budget.NONE);
  }

  @ParameterizedTest(name = "{0} matched, {1} mismatched, limit {2}, {3} samples: {4}")
  @CsvSource({
    // Fewer than the samples asked for.
    "0,    0,   5%,   50,  insufficient",
    "49,   0,   50%,  50,  insufficient",
    "50,   0,   50%,  50,  ready",
    // Without a mismatch 81 show 5 % at 95 %, at whatever time one looks.
    "80,   0,   5%,   50,  insufficient",
    "81,   0,   5%,   50,  ready",
    // With one it takes 144.
    "142,  1,   5%,   50,  insufficient",
    "143,  1,   5%,   50,  ready",
    // Surely above from 9 of 60 on.
    "52,   8,   5%,   50,  insufficient",
    "51,   9,   5%,   50,  not-ready",
    // So clear that few do.
    "0,    2,   5%,   50,  not-ready",
    // A limit of 0: none at all, in the samples asked for.
    "49,   0,   0%,   50,  insufficient",
    "50,   0,   0%,   50,  ready",
    "9999, 1,   0%,   50,  not-ready",
    "0,    1,   0%,   50,  not-ready",
    // A limit of 100 %: anything goes.
    "0,    50,  100%, 50,  ready",
    "0,    49,  100%, 50,  insufficient",
  })
  void mismatchesAreJudgedByTheBoundAtTheConfidence(
      long matched, long mismatched, String limit, int samples, String word) {
    Verdict verdict =
        judge(compared(matched, mismatched), policy(limit, samples, Contracts.NOT_REQUIRED));

    assertThat(verdict.word()).isEqualTo(word);
    assertThat(verdict.reasons().isEmpty()).isEqualTo(word.equals("ready"));
  }

  @Test
  void toleratedComparisonsCountAsClean() {
    Evidence evidence =
        new Evidence(
            "orders",
            NOON,
            NOON,
            Optional.empty(),
            81,
            0,
            81,
            0,
            Map.of(),
            Map.of(),
            SideStatistics.NONE,
            SideStatistics.NONE,
            Map.of(),
            Optional.empty());

    assertThat(judge(evidence, FIVE_PERCENT)).isEqualTo(new Verdict.Ready());
  }

  @Test
  void whatIsMissingIsSaidInFigures() {
    assertThat(judge(compared(12, 0), GatePolicy.DEFAULT).reasons())
        .containsExactly(
            "comparisons: 12 of 100 (expected: at least 100)",
            "mismatches: 0 of 12 comparisons leave it open at 95% confidence (expected: at most"
                + " 0.1%; 4094 more clean comparisons would do)");
  }

  @Test
  void tooManyMismatchesAreSaidInFigures() {
    assertThat(judge(compared(190, 10), GatePolicy.DEFAULT))
        .isEqualTo(
            new Verdict.NotReady(
                List.of(
                    "mismatches: 10 of 200 comparisons (5%), above the limit at 95% confidence"
                        + " (expected: at most 0.1%)")));
  }

  @Test
  void aP95OfFailuresAloneIsUnknown() {
    var budget =
        new Budget(Optional.of(Duration.ofMillis(200)), Optional.empty(), Optional.empty());

    Verdict verdict =
        Gate.judge(evidence(100, 0, side(30, 30), Optional.empty()), ANYTHING, budget);

    assertThat(verdict)
        .isEqualTo(
            new Verdict.Insufficient(
                List.of(
                    "p95 of the migrated side: none, as all 30 answers failed (expected: at most"
                        + " 200 ms)")));
  }

  @ParameterizedTest(name = "{1} errors of {0} answers, budget {2}: {3}")
  @CsvSource({
    "1000, 1,  0.1%, ready",
    "1000, 2,  0.1%, not-ready",
    "999,  1,  0.1%, not-ready",
    "20,   0,  0%,   ready",
    "20,   1,  0%,   not-ready",
    "19,   0,  0%,   insufficient",
    "19,   19, 0%,   insufficient",
  })
  void theMigratedSidesErrorsMustKeepTheirBudget(
      long answers, long errors, String limit, String word) {
    var budget = new Budget(Optional.empty(), Optional.of(Share.parse(limit)), Optional.empty());

    Verdict verdict =
        Gate.judge(evidence(100, 0, side(answers, errors), Optional.empty()), ANYTHING, budget);

    assertThat(verdict.word()).isEqualTo(word);
  }

  @Test
  void brokenBudgetsAreSaidInFigures() {
    var migrated = new SideStatistics(400, 3, Given.latencies(397, 250_000));
    var budget =
        new Budget(
            Optional.of(Duration.ofMillis(200)),
            Optional.of(Share.parse("0.5%")),
            Optional.empty());

    assertThat(Gate.judge(evidence(100, 0, migrated, Optional.empty()), ANYTHING, budget).reasons())
        .containsExactly(
            "p95 of the migrated side: 250 ms at 95% confidence (expected: at most 200 ms)",
            "errors of the migrated side: 3 of 400 answers (0.75%; expected: at most 0.5%)");
  }

  @ParameterizedTest(name = "{0} passed, {1} failed: {2}")
  @CsvSource({"1, 0, ready", "0, 0, insufficient", "5, 1, not-ready"})
  void aContractReportMustBeGreenWhereOneIsWanted(long passed, long failed, String word) {
    var report = Optional.of(new ContractSummary(NOON, passed, failed));

    assertThat(judge(evidence(100, 0, SideStatistics.NONE, report), CONTRACTS).word())
        .isEqualTo(word);
    assertThat(judge(evidence(100, 0, SideStatistics.NONE, report), ANYTHING).word())
        .isEqualTo("ready");
  }

  @Test
  void withoutAContractReportItCannotBeSaidWhereOneIsWanted() {
    assertThat(judge(compared(100, 0), CONTRACTS))
        .isEqualTo(
            new Verdict.Insufficient(
                List.of("contract report: none (expected: one where all pass)")));
  }

  @ParameterizedTest(name = "{0} skipped, {1} incomparable, 100 compared: {2}")
  @CsvSource({"60, 40, ready", "61, 40, insufficient", "0, 101, insufficient", "0, 0, ready"})
  void mostCopiesMustHaveComeToAComparison(long skipped, long incomparable, String word) {
    assertThat(judge(partlyCompared(skipped, incomparable), ANYTHING).word()).isEqualTo(word);
  }

  @Test
  void whyCopiesWereNotComparedIsNamedMostFrequentFirst() {
    assertThat(judge(partlyCompared(50, 100), ANYTHING).reasons())
        .containsExactly(
            "copies without a comparison: 150 of 250 (60%; expected: at most 50%): body-too-large"
                + " 100, in-flight-full 50");
  }

  @Test
  void whatSpeaksAgainstItOutweighsWhatIsMissingAndBothAreListed() {
    Verdict verdict = judge(compared(0, 10), policy("5%", 50, Contracts.REQUIRED));

    assertThat(verdict).isInstanceOf(Verdict.NotReady.class);
    assertThat(verdict.reasons())
        .satisfiesExactly(
            first -> assertThat(first).startsWith("mismatches: 10 of 10"),
            second -> assertThat(second).startsWith("comparisons: 10 of 50"),
            third -> assertThat(third).startsWith("contract report: none"));
  }

  private static SideStatistics side(long answers, long errors) {
    return new SideStatistics(answers, errors, LatencyCounts.NONE);
  }

  private static Evidence partlyCompared(long skipped, long incomparable) {
    return new Evidence(
        "orders",
        NOON,
        NOON,
        Optional.empty(),
        500,
        100,
        0,
        0,
        incomparable == 0 ? Map.of() : Map.of("body-too-large", incomparable),
        skipped == 0 ? Map.of() : Map.of("in-flight-full", skipped),
        SideStatistics.NONE,
        SideStatistics.NONE,
        Map.of(),
        Optional.empty());
  }
}
