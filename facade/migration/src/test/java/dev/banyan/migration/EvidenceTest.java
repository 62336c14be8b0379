package dev.banyan.migration;

import static dev.banyan.migration.Given.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.migration.Evidence.ContractSummary;
import dev.banyan.migration.Evidence.SideStatistics;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EvidenceTest {
  private static final SideStatistics SOME =
      new SideStatistics(
          9,
          1,
          new LatencyCounts(
              List.of(new LatencyCounts.Bucket(1_000, 5), new LatencyCounts.Bucket(2_000, 3))));

  private static Evidence evidence(
      String routeId, long[] counts, Map<String, Long> incomparable, Map<String, Long> skipped) {
    return new Evidence(
        routeId,
        NOON,
        NOON,
        Optional.empty(),
        counts[0],
        counts[1],
        counts[2],
        counts[3],
        incomparable,
        skipped,
        SOME,
        SideStatistics.NONE,
        Map.of(),
        Optional.empty());
  }

  private static Evidence plain(long... counts) {
    return evidence("orders", counts, Map.of(), Map.of());
  }

  @Test
  void itsDigestIsSixtyFourLowerCaseHexDigits() {
    assertThat(plain(1, 2, 3, 4).digest()).matches("[0-9a-f]{64}");
  }

  @Test
  void theSameEvidenceHasTheSameDigestWhateverTheOrderOfItsReasons() {
    Map<String, Long> oneWay = new LinkedHashMap<>();
    oneWay.put("a", 1L);
    oneWay.put("b", 2L);
    Map<String, Long> theOther = new LinkedHashMap<>();
    theOther.put("b", 2L);
    theOther.put("a", 1L);
    long[] counts = {1, 2, 3, 4};

    assertThat(evidence("orders", counts, oneWay, Map.of()).digest())
        .isEqualTo(evidence("orders", counts, theOther, Map.of()).digest());
  }

  @Test
  void anyOtherFigureGivesAnotherDigest() {
    long[] counts = {1, 2, 3, 4};
    Evidence base = plain(counts);
    List<Evidence> all =
        List.of(
            base,
            plain(9, 2, 3, 4),
            plain(1, 9, 3, 4),
            plain(1, 2, 9, 4),
            plain(1, 2, 3, 9),
            evidence("catalog", counts, Map.of(), Map.of()),
            evidence("orders", counts, Map.of("a", 1L), Map.of()),
            evidence("orders", counts, Map.of("a", 2L), Map.of()),
            evidence("orders", counts, Map.of("b", 1L), Map.of()),
            evidence("orders", counts, Map.of(), Map.of("a", 1L)),
            sides(base, SideStatistics.NONE, SOME),
            sides(base, SOME, SOME),
            at(base, NOON.plusMillis(1)),
            version(base, "v1"),
            version(base, "v2"),
            shape(base, "GET 2xx", 1, 1),
            shape(base, "GET 2xx", 2, 1),
            shape(base, "GET 2xx", 1, 0),
            shape(base, "GET 4xx", 1, 1),
            contract(base, 1, 0),
            contract(base, 0, 1));

    Set<String> digests = new HashSet<>();
    all.forEach(evidence -> digests.add(evidence.digest()));

    assertThat(digests).hasSize(all.size());
  }

  private static Evidence sides(Evidence e, SideStatistics legacy, SideStatistics migrated) {
    return with(e, e.at(), e.version(), legacy, migrated, e.shapes(), e.contracts());
  }

  private static Evidence contract(Evidence e, long passed, long failed) {
    ContractSummary report = new ContractSummary(NOON, passed, failed);
    return with(e, e.at(), e.version(), e.legacy(), e.migrated(), e.shapes(), Optional.of(report));
  }

  private static Evidence version(Evidence e, String version) {
    return with(
        e, e.at(), Optional.of(version), e.legacy(), e.migrated(), e.shapes(), e.contracts());
  }

  private static Evidence at(Evidence e, Instant at) {
    return with(e, at, e.version(), e.legacy(), e.migrated(), e.shapes(), e.contracts());
  }

  private static Evidence shape(Evidence e, String shape, long traffic, long compared) {
    Map<String, ShapeCount> shapes = Map.of(shape, new ShapeCount(traffic, compared));
    return with(e, e.at(), e.version(), e.legacy(), e.migrated(), shapes, e.contracts());
  }

  private static Evidence with(
      Evidence e,
      Instant at,
      Optional<String> version,
      SideStatistics legacy,
      SideStatistics migrated,
      Map<String, ShapeCount> shapes,
      Optional<ContractSummary> contracts) {
    return new Evidence(
        e.routeId(),
        e.since(),
        at,
        version,
        e.requests(),
        e.matched(),
        e.tolerated(),
        e.mismatched(),
        e.incomparable(),
        e.skipped(),
        legacy,
        migrated,
        shapes,
        contracts);
  }
}
