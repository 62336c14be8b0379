package dev.banyan.migration;

import static dev.banyan.migration.Given.CANARY_10;
import static dev.banyan.migration.Given.NOON;
import static dev.banyan.migration.Given.SHADOW;
import static dev.banyan.migration.Given.answered;
import static dev.banyan.migration.Given.canary;
import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.migration.Evidence.ContractSummary;
import dev.banyan.parity.Comparison;
import dev.banyan.rules.Side;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which window an observation falls into. */
class EvidenceVersionsTest {
  private Instant now = NOON;
  private final EvidenceWindows windows = new EvidenceWindows(() -> now);

  private void compared(String version, int times) {
    Sighting seen = new Sighting(Optional.of(version), List.of());
    for (int i = 0; i < times; i++) {
      windows.observed("orders", Side.MIGRATED, answered(200, Duration.ofMillis(5)), seen);
      windows.compared("orders", new Comparison.Match(), seen);
    }
  }

  private Evidence evidence() {
    return windows.snapshot("orders");
  }

  @Test
  void aNewDeployBeginsANewWindow() {
    compared("v1", 30);
    windows.contract("orders", new ContractSummary(NOON, 7, 0));
    now = NOON.plusSeconds(9);

    compared("v2", 3);

    assertThat(evidence().version()).contains("v2");
    assertThat(evidence().since()).isEqualTo(NOON.plusSeconds(9));
    assertThat(evidence().compared()).isEqualTo(3);
    assertThat(evidence().migrated().answers()).isEqualTo(3);
    assertThat(evidence().contracts()).isEmpty();
  }

  @Test
  void anEarlierDeployThatStillAnswersIsNoEvidenceForThePresentOne() {
    compared("v1", 30);
    compared("v2", 1);

    for (int i = 0; i < 100; i++) {
      compared("v1", 1);
      compared("v2", 1);
    }

    assertThat(evidence().version()).contains("v2");
    assertThat(evidence().compared()).isEqualTo(101);
    assertThat(evidence().migrated().answers()).isEqualTo(101);
    assertThat(evidence().skipped()).containsOnly(Map.entry("other-version", 100L));
  }

  @Test
  void aDeployThatWasTakenBackBeginsAnewOnceItAloneAnswers() {
    compared("v1", 500);
    compared("v2", 10);

    compared("v1", VersionedWindow.TAKEN_BACK);

    assertThat(evidence().version()).contains("v1");
    assertThat(evidence().compared()).isLessThanOrEqualTo(VersionedWindow.TAKEN_BACK);
  }

  @Test
  void whatNamesNoVersionBelongsToThePresentOne() {
    compared("v1", 1);

    windows.compared("orders", new Comparison.Match());
    windows.skipped("orders", "in-flight-full");

    assertThat(evidence().version()).contains("v1");
    assertThat(evidence().compared()).isEqualTo(2);
    assertThat(evidence().skipped()).containsEntry("in-flight-full", 1L);
  }

  @Test
  void labelsAreKeptShort() {
    compared("v".repeat(5_000), 1);
    compared(" ", 1);

    assertThat(evidence().version().orElseThrow()).hasSize(Sighting.LONGEST_VERSION);
    assertThat(evidence().compared()).isEqualTo(2);
  }

  @Test
  void everyStepIsJudgedOnWhatWasSeenInIt() {
    windows.follow(Map.of("orders", SHADOW, "catalog", SHADOW), 1);
    compared("v1", 30);
    windows.contract("orders", new ContractSummary(NOON, 7, 0));
    now = NOON.plusSeconds(9);

    windows.follow(Map.of("orders", CANARY_10, "catalog", SHADOW), 1);

    assertThat(evidence().compared()).isZero();
    assertThat(evidence().since()).isEqualTo(NOON.plusSeconds(9));
    assertThat(evidence().version()).contains("v1");
    assertThat(evidence().contracts()).isPresent();
  }

  @Test
  void anotherTableWithTheSameStageForgetsNothing() {
    windows.follow(Map.of("orders", canary(10)), 1);
    compared("v1", 30);

    windows.follow(Map.of("orders", canary(10), "catalog", SHADOW), 1);

    assertThat(evidence().compared()).isEqualTo(30);
  }

  @Test
  void shapesAreCountedInTrafficAndInComparisons() {
    Sighting seen = new Sighting(Optional.empty(), List.of("GET 2xx", "body 1"));
    windows.served("orders", Side.LEGACY, answered(200, Duration.ofMillis(5)), seen);
    windows.served("orders", Side.LEGACY, answered(200, Duration.ofMillis(5)), seen);
    windows.compared("orders", new Comparison.Match(), seen);
    windows.compared("orders", new Comparison.Incomparable("body-too-large"), seen);

    assertThat(evidence().shapes())
        .isEqualTo(Map.of("GET 2xx", new ShapeCount(2, 1), "body 1", new ShapeCount(2, 1)));
  }

  @Test
  void shapesMadeOfForeignTextCannotFillTheMemory() {
    for (int i = 0; i < 1_000; i++) {
      windows.compared(
          "orders", new Comparison.Match(), new Sighting(Optional.empty(), List.of("shape " + i)));
    }

    assertThat(evidence().shapes()).hasSize(ShapeCounts.DISTINCT + 1);
    assertThat(evidence().shapes().get(ReasonCounts.OTHER))
        .isEqualTo(new ShapeCount(0, 1_000 - ShapeCounts.DISTINCT));
  }
}
