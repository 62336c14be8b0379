package dev.banyan.app.comparing;

import dev.banyan.app.privacy.Privacy;
import dev.banyan.parity.Body;
import dev.banyan.parity.Comparison.Mismatch;
import dev.banyan.parity.Difference;
import dev.banyan.parity.Headers;
import dev.banyan.parity.Observation;
import dev.banyan.parity.RequestCopy;
import dev.banyan.parity.Spot;
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
import java.util.stream.Collectors;

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

  /** As the journal gets it, of values that are not private: all is found again. */
  public static Privacy.Shown shown(Pair pair, Mismatch found) {
    return new Privacy.Shown(
        pair,
        found,
        found.differences().stream().map(Spot::of).collect(Collectors.toUnmodifiableSet()));
  }

  public static Pair bodies(RequestCopy request, byte[] control, byte[] candidate, String type) {
    List<Headers.Field> headers = List.of(new Headers.Field("Content-Type", type));
    return new Pair(
        pair("", "").decision(),
        request,
        answer(headers, control, List.of()),
        answer(headers, candidate, List.of()));
  }

  public static Pair headers(List<Headers.Field> control, List<Headers.Field> candidate) {
    Pair plain = pair("", "");
    return new Pair(
        plain.decision(),
        plain.request(),
        answer(control, new byte[0], List.of()),
        answer(candidate, new byte[0], List.of()));
  }

  public static Pair trailers(List<Headers.Field> control, List<Headers.Field> candidate) {
    Pair plain = pair("", "");
    return new Pair(
        plain.decision(),
        plain.request(),
        answer(List.of(), new byte[0], control),
        answer(List.of(), new byte[0], candidate));
  }

  private static Observation answer(
      List<Headers.Field> headers, byte[] body, List<Headers.Field> trailers) {
    return new Observation.Answered(
        200,
        new Headers(headers),
        new Body.Whole(body),
        new Headers(trailers),
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
