package dev.banyan.migration;

import static dev.banyan.migration.Given.NOON;
import static dev.banyan.migration.Given.answered;
import static dev.banyan.migration.Given.failed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.banyan.migration.Evidence.ContractSummary;
import dev.banyan.migration.Evidence.SideStatistics;
import dev.banyan.parity.Comparison;
import dev.banyan.parity.Difference;
import dev.banyan.parity.Observation;
import dev.banyan.rules.Side;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class EvidenceWindowsTest {
  private final EvidenceWindows windows = new EvidenceWindows(InstantSource.fixed(NOON));

  @Test
  void aRouteOfWhichNothingIsKnownHasEmptyEvidence() {
    assertThat(windows.snapshot("orders"))
        .isEqualTo(
            new Evidence(
                "orders",
                NOON,
                NOON,
                Optional.empty(),
                0,
                0,
                0,
                0,
                Map.of(),
                Map.of(),
                SideStatistics.NONE,
                SideStatistics.NONE,
                Map.of(),
                Optional.empty()));
  }

  @Test
  void everyKindOfComparisonIsCountedAsItsOwn() {
    Difference failure = new Difference("status", Difference.Kind.FAILURE, "200", "");
    Difference value = new Difference("$.id", Difference.Kind.VALUE, "1", "2");

    windows.compared("orders", new Comparison.Match());
    windows.compared("orders", new Comparison.Tolerated(List.of(value), List.of("ids")));
    windows.compared("orders", new Comparison.Mismatch(List.of(value)));
    windows.compared("orders", new Comparison.Mismatch(List.of(failure)));
    windows.compared("orders", new Comparison.Incomparable("control-failed"));
    windows.skipped("orders", "in-flight-full");

    Evidence evidence = windows.snapshot("orders");
    assertThat(evidence.matched()).isEqualTo(1);
    assertThat(evidence.tolerated()).isEqualTo(1);
    assertThat(evidence.mismatched()).isEqualTo(2);
    assertThat(evidence.compared()).isEqualTo(4);
    assertThat(evidence.incomparable()).containsExactly(Map.entry("control-failed", 1L));
    assertThat(evidence.skipped()).containsExactly(Map.entry("in-flight-full", 1L));
  }

  @Test
  void onlyServedAnswersAreRequestsButBothSidesAnswersAreCounted() {
    windows.served("orders", Side.LEGACY, answered(200, Duration.ofMillis(5)));
    windows.observed("orders", Side.MIGRATED, answered(500, Duration.ofMillis(5)));
    windows.observed("orders", Side.MIGRATED, answered(499, Duration.ofMillis(5)));
    windows.observed("orders", Side.MIGRATED, failed());

    Evidence evidence = windows.snapshot("orders");
    assertThat(evidence.requests()).isEqualTo(1);
    assertThat(evidence.legacy().answers()).isEqualTo(1);
    assertThat(evidence.legacy().errors()).isZero();
    assertThat(evidence.migrated().answers()).isEqualTo(3);
    assertThat(evidence.migrated().errors()).isEqualTo(2);
  }

  @Test
  void aFallbackIsAnErrorOfTheMigratedSideAnAnswerOfLegacyAndOneRequest() {
    windows.fellBack(
        "orders",
        new Observation.Failed("connect-refused", Duration.ZERO),
        answered(200, Duration.ofMillis(5)));
    windows.retried("orders");

    Evidence evidence = windows.snapshot("orders");
    assertThat(evidence.requests()).isEqualTo(1);
    assertThat(evidence.migrated().errors()).isEqualTo(1);
    assertThat(evidence.legacy().answers()).isEqualTo(1);
    assertThat(evidence.legacy().errors()).isZero();
    assertThat(windows.repeats("orders"))
        .isEqualTo(Map.of("fell-back:connect-refused", 1L, "retried", 1L));
  }

  @Test
  void percentilesAreThoseOfTheFirstByteAndNeverTooHigh() {
    for (int i = 1; i <= 1_000; i++) {
      windows.served("orders", Side.LEGACY, answered(200, Duration.ofMillis(i)));
    }

    SideStatistics legacy = windows.snapshot("orders").legacy();
    assertThat(millis(legacy.p50())).isLessThanOrEqualTo(500).isCloseTo(500, within(5L));
    assertThat(millis(legacy.p95())).isLessThanOrEqualTo(950).isCloseTo(950, within(10L));
    assertThat(millis(legacy.p99())).isLessThanOrEqualTo(990).isCloseTo(990, within(10L));
  }

  @Test
  void aFailureHasNoLatency() {
    windows.served("orders", Side.LEGACY, failed());

    assertThat(windows.snapshot("orders").legacy().p95()).isEmpty();
  }

  @Test
  void latenciesOutsideTheRangeCountAtItsEnds() {
    windows.served("quick", Side.LEGACY, answered(200, Duration.ZERO));
    windows.served("backwards", Side.LEGACY, answered(200, Duration.ofSeconds(-1)));
    windows.served("slow", Side.LEGACY, answered(200, Duration.ofDays(100_000)));

    assertThat(windows.snapshot("quick").legacy().p95()).contains(Duration.ofNanos(1_000));
    assertThat(windows.snapshot("backwards").legacy().p95()).contains(Duration.ofNanos(1_000));
    assertThat(millis(windows.snapshot("slow").legacy().p95()))
        .isCloseTo(SideWindow.LONGEST.toMillis(), within(6_000L));
  }

  @Test
  void moreReasonsThanAreToldApartAreCountedAsOthers() {
    for (int i = 0; i < 100; i++) {
      windows.skipped("orders", "reason-" + i);
      windows.skipped("orders", "reason-" + i);
    }

    Map<String, Long> skipped = windows.snapshot("orders").skipped();
    assertThat(skipped)
        .hasSize(ReasonCounts.DISTINCT + 1)
        .containsEntry("reason-0", 2L)
        .containsEntry(ReasonCounts.OTHER, 2L * (100 - ReasonCounts.DISTINCT));
  }

  @Test
  void theNewestContractReportCountsWhicheverComesLast() {
    ContractSummary newer = new ContractSummary(NOON, 7, 0);
    windows.contract("orders", newer);
    windows.contract("orders", new ContractSummary(NOON.minusSeconds(1), 6, 1));

    assertThat(windows.snapshot("orders").contracts()).contains(newer);
  }

  @Test
  void restartingForgetsWhatWasSeenOfThisRouteAlone() {
    windows.compared("orders", new Comparison.Match());
    windows.compared("catalog", new Comparison.Match());
    windows.contract("orders", new ContractSummary(NOON, 7, 0));

    windows.restart("orders", NOON.plusSeconds(9));

    assertThat(windows.snapshot("orders").since()).isEqualTo(NOON.plusSeconds(9));
    assertThat(windows.snapshot("orders").compared()).isZero();
    assertThat(windows.snapshot("orders").contracts()).isEmpty();
    assertThat(windows.snapshot("catalog").compared()).isEqualTo(1);
  }

  @Test
  void windowsOfRoutesThatAreGoneAreDropped() {
    windows.compared("orders", new Comparison.Match());
    windows.compared("catalog", new Comparison.Match());

    windows.keepOnly(Set.of("catalog"));

    assertThat(windows.snapshot("orders").compared()).isZero();
    assertThat(windows.snapshot("catalog").compared()).isEqualTo(1);
  }

  @Test
  void nothingIsLostUnderManyThreads() {
    int threads = 8;
    int each = 5_000;
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      for (int t = 0; t < threads; t++) {
        String reason = "reason-" + t;
        pool.execute(
            () -> {
              for (int i = 0; i < each; i++) {
                windows.served("orders", Side.LEGACY, answered(503, Duration.ofMillis(2)));
                windows.compared("orders", new Comparison.Match());
                windows.skipped("orders", reason);
              }
            });
      }
    }

    Evidence evidence = windows.snapshot("orders");
    long all = (long) threads * each;
    assertThat(evidence.requests()).isEqualTo(all);
    assertThat(evidence.legacy().answers()).isEqualTo(all);
    assertThat(evidence.legacy().errors()).isEqualTo(all);
    assertThat(evidence.matched()).isEqualTo(all);
    assertThat(evidence.skipped()).hasSize(threads).containsValue((long) each);
  }

  private static long millis(Optional<Duration> percentile) {
    return percentile.orElseThrow().toMillis();
  }
}
