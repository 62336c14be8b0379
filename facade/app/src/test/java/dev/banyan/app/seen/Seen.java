package dev.banyan.app.seen;

import dev.banyan.parity.Body;
import dev.banyan.parity.Headers;
import dev.banyan.parity.Observation;
import dev.banyan.proxy.AttemptFacts;
import dev.banyan.proxy.RequestFacts;
import dev.banyan.proxy.ServedExchange;
import dev.banyan.rules.Decision;
import dev.banyan.rules.ReadResult;
import dev.banyan.rules.RoutingTable;
import dev.banyan.rules.RuleSetReader;
import dev.banyan.rules.SimpleRequestHead;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Requests as the data plane tells of them, by a real table. */
final class Seen {
  static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  private static final Duration DURATION = Duration.ofNanos(12_340_000);
  private static final String RULES =
      """
      version: 1
      upstreams:
        legacy: { url: http://127.0.0.1:1 }
        next: { url: http://127.0.0.1:2 }
      routes:
        - id: r
          match: { path: /** }
          legacy: legacy
          migrated: next
          stage: %s
          budget: { p95: 10ms, errors: 1%% }
      """;

  private Seen() {}

  static Decision.Serve decision() {
    return decision("shadow");
  }

  private static Decision.Serve decision(String stage) {
    if (RuleSetReader.read("rules.yaml", RULES.formatted(stage))
            instanceof ReadResult.Accepted accepted
        && RoutingTable.compile(accepted.rules(), Map.of(), Set.of(), 7)
                .decide(SimpleRequestHead.parse("GET /"), 0)
            instanceof Decision.Serve serve) {
      return serve;
    }
    throw new IllegalStateException("these rules serve");
  }

  static ServedExchange exchange(String target, int status, @Nullable String failure) {
    return exchange(decision(), target, observation(status, failure), AttemptFacts.FIRST);
  }

  /** The migrated side was to serve; this is what legacy did instead. */
  static ServedExchange fallenBack(String lost, int status, @Nullable String failure) {
    AttemptFacts attempts = new AttemptFacts(2, new Observation.Failed(lost, DURATION));
    return exchange(decision("live"), "/", observation(status, failure), attempts);
  }

  private static ServedExchange exchange(
      Decision.Serve decision, String target, Observation control, AttemptFacts attempts) {
    return new ServedExchange(
        decision,
        control,
        null,
        new RequestFacts("GET", target, null, null, TRACE, 0, 300),
        attempts);
  }

  private static Observation observation(int status, @Nullable String failure) {
    return failure == null
        ? new Observation.Answered(
            status, Headers.NONE, new Body.NotKept(), Headers.NONE, DURATION, DURATION)
        : new Observation.Failed(failure, DURATION);
  }

  static SeenRequest request(String target, int status, @Nullable String failure) {
    return Objects.requireNonNull(SeenRequest.of(exchange(target, status, failure)));
  }
}
