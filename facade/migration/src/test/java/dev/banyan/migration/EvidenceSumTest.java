package dev.banyan.migration;

import static dev.banyan.migration.Given.NOON;
import static dev.banyan.migration.Given.answered;
import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.parity.Comparison;
import dev.banyan.rules.Side;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EvidenceSumTest {

  /** Three replicas see a third each of what one sees whole. */
  @Test
  void theSumOfReplicasIsWhatOneWouldHaveSeen() {
    InstantSource clock = InstantSource.fixed(NOON);
    EvidenceWindows one = new EvidenceWindows(clock);
    List<EvidenceWindows> three = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      three.add(new EvidenceWindows(clock));
      three.getLast().observed("r", Side.MIGRATED, Given.failed(), seen(""));
      one.observed("r", Side.MIGRATED, Given.failed(), seen(""));
    }
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 3_000; i++) {
      int kind = random.nextInt(8);
      Duration latency = Duration.ofMillis(random.nextInt(1, 400));
      record(one, kind, latency);
      record(three.get(i % 3), kind, latency);
    }

    Evidence sum = EvidenceSum.of(three.stream().map(windows -> windows.snapshot("r")).toList());

    assertThat(sum).isEqualTo(one.snapshot("r"));
    assertThat(sum.digest()).isEqualTo(one.snapshot("r").digest());
    assertThat(sum.compared()).isGreaterThan(1_000);
  }

  private static Sighting seen(String shape) {
    return new Sighting(Optional.of("v2"), shape.isEmpty() ? List.of() : List.of(shape));
  }

  private static void record(EvidenceWindows windows, int kind, Duration latency) {
    switch (kind) {
      case 0 -> windows.served("r", Side.LEGACY, answered(200, latency), seen("GET 2xx"));
      case 1 -> windows.served("r", Side.LEGACY, answered(503, latency), seen("GET 5xx"));
      case 2 -> windows.observed("r", Side.MIGRATED, answered(200, latency), seen(""));
      case 3 -> windows.compared("r", new Comparison.Match(), seen("GET 2xx"));
      case 4 -> windows.compared("r", new Comparison.Tolerated(List.of(), List.of("t")), seen(""));
      case 5 -> windows.compared("r", new Comparison.Mismatch(List.of()), seen("GET 5xx"));
      case 6 -> windows.skipped("r", "in-flight-full");
      default -> windows.compared("r", new Comparison.Incomparable("body-too-large"), seen(""));
    }
  }
}
