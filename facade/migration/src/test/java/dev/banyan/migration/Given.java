package dev.banyan.migration;

import dev.banyan.migration.Evidence.ContractSummary;
import dev.banyan.migration.Evidence.SideStatistics;
import dev.banyan.migration.FlipCommand.Mode;
import dev.banyan.parity.Body;
import dev.banyan.parity.Headers;
import dev.banyan.parity.Observation;
import dev.banyan.rules.Budget;
import dev.banyan.rules.CompareProfile;
import dev.banyan.rules.GatePolicy;
import dev.banyan.rules.PathTemplate;
import dev.banyan.rules.Route;
import dev.banyan.rules.RouteMatch;
import dev.banyan.rules.RouteTarget;
import dev.banyan.rules.RuleSet;
import dev.banyan.rules.ShadowPolicy;
import dev.banyan.rules.Share;
import dev.banyan.rules.Stage;
import dev.banyan.rules.Upstream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Values that tests begin with. */
final class Given {
  static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  static final Stage LEGACY = new Stage.Legacy();
  static final Stage SHADOW = new Stage.Shadow();
  static final Stage CANARY_10 = canary(10);
  static final Stage LIVE = new Stage.Live();
  static final Stage RETIRED = new Stage.Retired();

  private Given() {}

  static Stage canary(int percent) {
    return new Stage.Canary(new Share(percent * 100));
  }

  static Route route(String id, Stage firstStage) {
    return route(id, Optional.of("catalog"), firstStage);
  }

  static Route legacyOnly(String id) {
    return route(id, Optional.empty(), LEGACY);
  }

  private static Route route(String id, Optional<String> migrated, Stage firstStage) {
    return new Route(
        id,
        matching(id),
        new RouteTarget.Forward(
            "legacy",
            migrated,
            firstStage,
            ShadowPolicy.DEFAULT,
            "strict",
            Budget.NONE,
            GatePolicy.DEFAULT));
  }

  static Route refusal(String id) {
    return new Route(id, matching(id), new RouteTarget.Refusal(403));
  }

  private static RouteMatch matching(String id) {
    return new RouteMatch(
        Set.of(), Optional.empty(), PathTemplate.parse("/" + id), Map.of(), Map.of());
  }

  static RuleSet rules(String digest, Route... routes) {
    return new RuleSet(
        Map.of(
            "legacy", Upstream.of("legacy", URI.create("http://127.0.0.1:5000")),
            "catalog", Upstream.of("catalog", URI.create("http://127.0.0.1:8101"))),
        List.of(routes),
        Map.of("strict", CompareProfile.STRICT),
        digest);
  }

  static FlipCommand flip(String routeId, Stage to) {
    return flip(routeId, to, Mode.JUDGED);
  }

  static FlipCommand flip(String routeId, Stage to, Mode mode) {
    return new FlipCommand(routeId, to, "ada", "because", OptionalLong.empty(), mode);
  }

  static FlipCommand flipAt(long revision, String routeId, Stage to) {
    return new FlipCommand(routeId, to, "ada", "because", OptionalLong.of(revision), Mode.JUDGED);
  }

  /** Evidence of comparisons alone. */
  static Evidence compared(long matched, long mismatched) {
    return evidence(matched, mismatched, SideStatistics.NONE, Optional.empty());
  }

  static Evidence evidence(
      long matched, long mismatched, SideStatistics migrated, Optional<ContractSummary> contracts) {
    return new Evidence(
        "orders",
        NOON,
        NOON,
        Optional.empty(),
        matched + mismatched,
        matched,
        0,
        mismatched,
        Map.of(),
        Map.of(),
        SideStatistics.NONE,
        migrated,
        Map.of(),
        contracts);
  }

  /** So many answers, all as quick. */
  static LatencyCounts latencies(long answers, long micros) {
    return new LatencyCounts(List.of(new LatencyCounts.Bucket(micros, answers)));
  }

  static Observation answered(int status, Duration firstByte) {
    return new Observation.Answered(
        status, Headers.NONE, Body.EMPTY, Headers.NONE, firstByte, firstByte.plusMillis(1));
  }

  static Observation failed() {
    return new Observation.Failed("connect-refused", Duration.ofMillis(3));
  }
}
