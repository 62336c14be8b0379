package dev.banyan.migration;

import static dev.banyan.migration.Given.latencies;
import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.migration.Evidence.SideStatistics;
import dev.banyan.migration.LatencyCounts.Bucket;
import dev.banyan.migration.LatencyCounts.Interval;
import dev.banyan.rules.Budget;
import dev.banyan.rules.Share;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateLatencyTest {
  private static final Budget P95_200_MS =
      new Budget(Optional.of(Duration.ofMillis(200)), Optional.empty(), Optional.empty());
  private static final Budget A_QUARTER_SLOWER =
      new Budget(Optional.empty(), Optional.empty(), Optional.of(Share.parse("25%")));

  private static Verdict judge(Budget budget, LatencyCounts migrated, LatencyCounts legacy) {
    Findings findings = new Findings();
    SideStatistics mine = new SideStatistics(migrated.total(), 0, migrated);
    SideStatistics others = new SideStatistics(legacy.total(), 0, legacy);
    LatencyCheck check = new LatencyCheck(0.95, findings);
    budget.p95().ifPresent(limit -> check.within(mine, limit));
    budget.slower().ifPresent(share -> check.beside(mine, others, share));
    return findings.verdict();
  }

  private static LatencyCounts fastAndSlow(long fast, long slow) {
    return new LatencyCounts(List.of(new Bucket(50_000, fast), new Bucket(300_000, slow)));
  }

  /** With none slower, 81 answers show that at most 5 % are. */
  @ParameterizedTest(name = "{0} of 50 ms, {1} of 300 ms: {2}")
  @CsvSource({
    "80,   0,   insufficient",
    "81,   0,   ready",
    "142,  1,   insufficient",
    "143,  1,   ready",
    "950,  50,  insufficient",
    "9900, 100, ready",
    "900,  100, not-ready",
    "51,   9,   not-ready",
  })
  void theShareOfAnswersSlowerThanTheBudgetIsJudgedAsARate(long fast, long slow, String word) {
    assertThat(judge(P95_200_MS, fastAndSlow(fast, slow), LatencyCounts.NONE).word())
        .isEqualTo(word);
  }

  @ParameterizedTest(name = "p95 of {0} us, budget 200 ms: {1}")
  @CsvSource({"200000, ready", "200001, not-ready"})
  void aBudgetThatIsJustKeptIsKept(long micros, String word) {
    assertThat(judge(P95_200_MS, latencies(200, micros), LatencyCounts.NONE).word())
        .isEqualTo(word);
  }

  @Test
  void anOpenIntervalIsShown() {
    assertThat(judge(P95_200_MS, fastAndSlow(950, 50), LatencyCounts.NONE).reasons())
        .containsExactly(
            "p95 of the migrated side: 50 ms to 300 ms at 95% confidence leaves it open (expected:"
                + " at most 200 ms)");
  }

  @ParameterizedTest(name = "migrated {0} us, legacy {1} us: {2}")
  @CsvSource({
    "125000, 100000, ready",
    "126000, 100000, not-ready",
    "50000,  100000, ready",
  })
  void besideLegacyTheMigratedSideMayBeSoMuchSlower(long migrated, long legacy, String word) {
    assertThat(judge(A_QUARTER_SLOWER, latencies(300, migrated), latencies(300, legacy)).word())
        .isEqualTo(word);
  }

  @Test
  void withoutAnswersOfLegacyThereIsNothingToCompareWith() {
    assertThat(judge(A_QUARTER_SLOWER, latencies(300, 1_000), LatencyCounts.NONE).reasons())
        .containsExactly("p95 of legacy: none (expected: one to compare the migrated side's with)");
  }

  @Test
  void theIntervalHoldsTheTrueP95HoweverOftenOneLooks() {
    int wrong = 0;
    SplittableRandom random = new SplittableRandom(11);
    int runs = 100;
    for (int run = 0; run < runs; run++) {
      wrong += isEverWrong(random.split()) ? 1 : 0;
    }

    // Either end may be wrong with 5 %: 10 of 100, and three standard deviations.
    assertThat(wrong).isLessThanOrEqualTo(10 + 9);
  }

  /** Latencies uniform up to 1000 µs: the true p95 is 950 µs. A look after every 25th answer. */
  private static boolean isEverWrong(SplittableRandom random) {
    long[] counts = new long[1_001];
    for (int n = 1; n <= 1_000; n++) {
      counts[random.nextInt(1, 1_001)]++;
      if (n % 25 == 0 && !holds(interval(counts))) {
        return true;
      }
    }
    return false;
  }

  private static boolean holds(Interval interval) {
    long micros = 950;
    return interval.low().toNanos() <= micros * 1_000
        && interval.high().map(high -> high.toNanos() >= micros * 1_000).orElse(true);
  }

  private static Interval interval(long[] counts) {
    List<Bucket> buckets = new ArrayList<>();
    for (int micros = 1; micros < counts.length; micros++) {
      if (counts[micros] > 0) {
        buckets.add(new Bucket(micros, counts[micros]));
      }
    }
    return new LatencyCounts(buckets).p95(0.95).orElseThrow();
  }
}
