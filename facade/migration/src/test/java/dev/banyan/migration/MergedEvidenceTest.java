package dev.banyan.migration;

import static dev.banyan.migration.Given.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.migration.Evidence.ContractSummary;
import dev.banyan.migration.MergedEvidence.Contribution;
import dev.banyan.migration.MergedEvidence.Life;
import dev.banyan.migration.MergedEvidence.Reach;
import dev.banyan.migration.MergedEvidence.Use;
import dev.banyan.parity.Comparison;
import dev.banyan.rules.Stage;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MergedEvidenceTest {
  private static EvidenceWindows seen(Instant at, String version, int matches) {
    EvidenceWindows windows = new EvidenceWindows(InstantSource.fixed(at));
    for (int i = 0; i < matches; i++) {
      windows.compared(
          "r",
          new Comparison.Match(),
          new Sighting(Optional.of(version).filter(label -> !label.isEmpty()), List.of()));
    }
    return windows;
  }

  private static Contribution replica(String id, Life life, EvidenceWindows windows) {
    return new Contribution(id, life, windows.snapshot("r"));
  }

  private static MergedEvidence merged(Contribution... all) {
    return MergedEvidence.of(List.of(all), Reach.ALL_REPLICAS);
  }

  @Test
  void aReplicaThatHasNotMetTheNewDeployIsLeftOutAndNamed() {
    EvidenceWindows ahead = seen(NOON.plusSeconds(1), "v2", 3);
    ahead.contract("r", new ContractSummary(NOON, 7, 0));

    MergedEvidence merged =
        merged(
            replica("behind", Life.LIVE, seen(NOON, "v1", 50)), replica("ahead", Life.LIVE, ahead));

    assertThat(merged.sum()).isEqualTo(ahead.snapshot("r"));
    assertThat(merged.parts())
        .extracting(MergedEvidence.Part::use)
        .containsExactly(Use.OTHER_VERSION, Use.COUNTED);
  }

  @Test
  void aReplicaThatWasStartedAnewAndHasSeenNothingYetHidesNothing() {
    MergedEvidence merged =
        merged(
            replica("new", Life.LIVE, seen(NOON.plusSeconds(60), "", 0)),
            replica("other", Life.LIVE, seen(NOON, "v1", 50)));

    assertThat(merged.sum().compared()).isEqualTo(50);
    assertThat(merged.sum().version()).contains("v1");
  }

  @Test
  void whatAReplicaThatIsGoneHasSeenCountsAndItsVersionDoesNotRule() {
    MergedEvidence merged =
        merged(
            replica("gone", Life.GONE, seen(NOON.minusSeconds(9), "v1", 20)),
            replica("gone-too", Life.GONE, seen(NOON.plusSeconds(9), "v2", 20)),
            replica("live", Life.LIVE, seen(NOON, "v1", 50)));

    assertThat(merged.sum().version()).contains("v1");
    assertThat(merged.sum().compared()).isEqualTo(70);
    assertThat(merged.sum().since()).isEqualTo(NOON.minusSeconds(9));
  }

  @Test
  void whereNoVersionIsNamedAllAreOne() {
    MergedEvidence merged =
        merged(
            replica("a", Life.LIVE, seen(NOON, "", 20)),
            replica("b", Life.GONE, seen(NOON.plusSeconds(5), "", 5)));

    assertThat(merged.sum().compared()).isEqualTo(25);
    assertThat(merged.reach().text()).isEqualTo("all replicas");
  }

  @Test
  void aWindowKnowsTheStepThatItIsAbout() {
    EvidenceWindows windows = seen(NOON, "v1", 1);
    assertThat(windows.placed("r").place()).isEmpty();

    windows.follow(Map.of("r", new Stage.Shadow()), 7);
    windows.follow(Map.of("r", new Stage.Shadow()), 8);
    assertThat(windows.placed("r").place()).contains(new EvidencePlace(new Stage.Shadow(), 7));
    assertThat(windows.placed("r").evidence().compared()).isEqualTo(1);

    windows.follow(Map.of("r", new Stage.Live()), 9);
    windows.compared("r", new Comparison.Match(), new Sighting(Optional.of("v2"), List.of()));
    assertThat(windows.placed("r").place()).contains(new EvidencePlace(new Stage.Live(), 9));
    assertThat(windows.placed("r").evidence().compared()).isEqualTo(1);

    windows.restart("r", NOON);
    assertThat(windows.placed("r").place()).contains(new EvidencePlace(new Stage.Live(), 9));
  }

  @Test
  void aRouteThatCameBackToItsStageUnnoticedBeginsAnew() {
    EvidenceWindows windows = seen(NOON, "v1", 5);
    windows.follow(Map.of("r", new Stage.Shadow()), 7);
    EvidencePlace before = windows.place("r").orElseThrow();

    windows.again("r", before, 9);

    assertThat(windows.placed("r").evidence().compared()).isZero();
    assertThat(windows.place("r")).contains(new EvidencePlace(new Stage.Shadow(), 9));
    windows.compared("r", new Comparison.Match());
    windows.again("r", before, 9);
    assertThat(windows.placed("r").evidence().compared()).isEqualTo(1);
  }
}
