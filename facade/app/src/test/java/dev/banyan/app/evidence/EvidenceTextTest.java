package dev.banyan.app.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.banyan.migration.Evidence;
import dev.banyan.migration.Evidence.ContractSummary;
import dev.banyan.migration.Evidence.SideStatistics;
import dev.banyan.migration.LatencyCounts;
import dev.banyan.migration.LatencyCounts.Bucket;
import dev.banyan.migration.ShapeCount;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EvidenceTextTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.123456789Z");
  private static final Evidence FULL =
      new Evidence(
          "orders",
          NOON,
          NOON.plusSeconds(9),
          Optional.of("v2 \u0000 ü"),
          9,
          4,
          2,
          1,
          Map.of("body-too-large", 3L),
          Map.of("in-flight-full", 5L),
          new SideStatistics(
              7, 1, new LatencyCounts(List.of(new Bucket(100, 4), new Bucket(2_000, 2)))),
          SideStatistics.NONE,
          Map.of("GET 2xx ?page", new ShapeCount(9, 7)),
          Optional.of(new ContractSummary(NOON, 7, 0, Optional.of("v2"))));

  @Test
  void whatIsWrittenIsReadBackWhole() {
    String text = EvidenceText.of(FULL);

    assertThat(EvidenceText.evidence(text)).isEqualTo(FULL);
    assertThat(EvidenceText.evidence(text).digest()).isEqualTo(FULL.digest());
    assertThat(text).isASCII().doesNotContain("\u0000");
  }

  @Test
  void whatALaterBanyanWritesIntoItIsPassedOver() {
    String later = EvidenceText.of(FULL).replaceFirst("\\{", "{\"weather\":\"fine\",");

    assertThat(EvidenceText.evidence(later)).isEqualTo(FULL);
  }

  @Test
  void whatCannotBeReadIsNoEvidence() {
    assertThatThrownBy(() -> EvidenceText.evidence("{}"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> EvidenceText.evidence("nothing"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
