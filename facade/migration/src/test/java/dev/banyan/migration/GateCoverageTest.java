package dev.banyan.migration;

import static dev.banyan.migration.Given.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.migration.Evidence.ContractSummary;
import dev.banyan.migration.Evidence.SideStatistics;
import dev.banyan.rules.Budget;
import dev.banyan.rules.GatePolicy;
import dev.banyan.rules.GatePolicy.Contracts;
import dev.banyan.rules.Share;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What must be there besides enough clean comparisons. */
class GateCoverageTest {
  private static final String LIST = "GET 2xx ?page application/json";
  private static final String MISSING = "GET 4xx application/problem+json";

  private static Verdict judge(
      Evidence evidence, Share skipped, Share shapes, Contracts contracts) {
    GatePolicy policy =
        new GatePolicy(
            Share.parse("100%"), 0.95, 1, skipped, shapes, contracts, Duration.ofHours(12));
    return Gate.judge(evidence, policy, Budget.NONE);
  }

  private static Verdict judgeShapes(Map<String, ShapeCount> shapes, String least) {
    long requests = shapes.values().stream().mapToLong(ShapeCount::traffic).sum();
    Evidence evidence = evidence(requests, Map.of(), shapes, Optional.empty(), Optional.empty());
    return judge(evidence, Share.ALL, Share.parse(least), Contracts.NOT_REQUIRED);
  }

  private static Evidence evidence(
      long requests,
      Map<String, Long> skipped,
      Map<String, ShapeCount> shapes,
      Optional<String> version,
      Optional<ContractSummary> contracts) {
    return new Evidence(
        "orders",
        NOON.minusSeconds(60),
        NOON,
        version,
        requests,
        90,
        0,
        0,
        Map.of(),
        skipped,
        SideStatistics.NONE,
        SideStatistics.NONE,
        shapes,
        contracts);
  }

  @Test
  void aShapeThatClientsUseAndNoComparisonHasIsNamed() {
    Map<String, ShapeCount> shapes =
        Map.of(LIST, new ShapeCount(880, 90), MISSING, new ShapeCount(120, 0));

    assertThat(judgeShapes(shapes, "1%").reasons())
        .containsExactly(
            "shapes without a comparison: 1 (expected: none that makes up 1% of all requests): GET"
                + " 4xx application/problem+json (120 of 1000 requests)");
  }

  @ParameterizedTest(name = "{0} of {1} requests, {2} compared, from {3} on: {4}")
  @CsvSource({
    "10, 1000, 0, 1%,   insufficient",
    "9,  1000, 0, 1%,   ready",
    "10, 1001, 0, 1%,   ready",
    "10, 1000, 1, 1%,   ready",
    "9,  10,   0, 1%,   ready",
    "10, 20,   0, 1%,   insufficient",
    "10, 20,   0, 100%, ready",
  })
  void onlyAShapeThatIsFrequentEnoughMustBeThere(
      long traffic, long requests, long compared, String least, String word) {
    Map<String, ShapeCount> shapes =
        Map.of(
            LIST,
            new ShapeCount(requests - traffic, 1),
            MISSING,
            new ShapeCount(traffic, compared));

    assertThat(judgeShapes(shapes, least).word()).isEqualTo(word);
  }

  @Test
  void whatIsTooRareToBeToldApartIsNotAskedFor() {
    assertThat(judgeShapes(Map.of(ReasonCounts.OTHER, new ShapeCount(500, 0)), "1%").word())
        .isEqualTo("ready");
  }

  @ParameterizedTest(name = "{0} skipped beside 90 comparisons, {1} allowed: {2}")
  @CsvSource({"10, 10%, ready", "11, 10%, insufficient", "0, 0%, ready", "1, 0%, insufficient"})
  void atMostTheWrittenShareOfCopiesMayBeSkipped(long skipped, String limit, String word) {
    Evidence evidence =
        evidence(
            90, Map.of("in-flight-full", skipped), Map.of(), Optional.empty(), Optional.empty());

    assertThat(judge(evidence, Share.parse(limit), Share.ALL, Contracts.NOT_REQUIRED).word())
        .isEqualTo(word);
  }

  @ParameterizedTest(name = "report of {0} hours ago for {1}, present version {2}: {3}")
  @CsvSource({
    "12, v2, v2, ready",
    "13, v2, v2, insufficient",
    "1,  v1, v2, insufficient",
    "1,  '', v2, ready",
    "1,  v1, '', ready",
  })
  void aContractReportMustBeRecentAndForThePresentVersion(
      int hours, String of, String present, String word) {
    ContractSummary report =
        new ContractSummary(NOON.minus(Duration.ofHours(hours)), 7, 0, label(of));
    Evidence evidence = evidence(90, Map.of(), Map.of(), label(present), Optional.of(report));

    assertThat(judge(evidence, Share.ALL, Share.ALL, Contracts.REQUIRED).word()).isEqualTo(word);
  }

  @Test
  void aReportForAnotherVersionIsNamed() {
    ContractSummary report = new ContractSummary(NOON, 7, 3, Optional.of("v1"));
    Evidence evidence = evidence(90, Map.of(), Map.of(), Optional.of("v2"), Optional.of(report));

    assertThat(judge(evidence, Share.ALL, Share.ALL, Contracts.REQUIRED).reasons())
        .containsExactly("contract report: for version v1 (expected: for the present version, v2)");
  }

  private static Optional<String> label(String text) {
    return Optional.of(text).filter(label -> !label.isEmpty());
  }
}
