package dev.banyan.app.comparing;

import dev.banyan.parity.Body;
import dev.banyan.parity.Comparison.Mismatch;
import dev.banyan.parity.Difference;
import dev.banyan.parity.Headers;
import dev.banyan.parity.Observation;
import dev.banyan.parity.RequestCopy;
import dev.banyan.proxy.ShadowedExchange.Pair;
import dev.banyan.rules.Decision;
import dev.banyan.rules.ReadResult;
import dev.banyan.rules.RoutingTable;
import dev.banyan.rules.RuleSetReader;
import dev.banyan.rules.SimpleRequestHead;
import dev.banyan.rules.Stage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Shadowed exchanges as the data plane hands them over. */
public final class Pairs {
  private static final String RULES =
      """
      version: 1
      upstreams:
        legacy: { url: http://127.0.0.1:1 }
        next: { url: http://127.0.0.1:2 }
      routes:
        - { id: r, match: { path: /** }, legacy: legacy, migrated: next }
      """;

  private Pairs() {}

  public static Pair pair(String control, String candidate) {
    ReadResult.Accepted rules = (ReadResult.Accepted) RuleSetReader.read("rules.yaml", RULES);
    RoutingTable table =
        RoutingTable.compile(rules.rules(), Map.of("r", new Stage.Shadow()), Set.of(), 1);
    Decision.Serve decision =
        (Decision.Serve) table.decide(SimpleRequestHead.of("GET", "/a", Map.of()), 0);
    return new Pair(
        decision,
        new RequestCopy("GET", "/a", new Headers(List.of()), Body.EMPTY),
        answered(control),
        answered(candidate));
  }

  public static Pair json(String control, String candidate) {
    Pair plain = pair("", "");
    return new Pair(
        plain.decision(), plain.request(), answeredJson(control), answeredJson(candidate));
  }

  private static Observation answeredJson(String body) {
    return new Observation.Answered(
        200,
        new Headers(List.of(new Headers.Field("Content-Type", "application/json"))),
        new Body.Whole(body.getBytes(StandardCharsets.UTF_8)),
        new Headers(List.of()),
        Duration.ofMillis(1),
        Duration.ofMillis(2));
  }

  public static Mismatch mismatch(String... locations) {
    return new Mismatch(
        List.of(locations).stream()
            .map(location -> new Difference(location, Difference.Kind.VALUE, "1", "2"))
            .toList());
  }

  private static Observation answered(String body) {
    return new Observation.Answered(
        200,
        new Headers(List.of()),
        new Body.Whole(body.getBytes(StandardCharsets.UTF_8)),
        new Headers(List.of()),
        Duration.ofMillis(1),
        Duration.ofMillis(2));
  }
}
