package dev.banyan.app.seen;

import dev.banyan.parity.Observation;
import dev.banyan.proxy.RequestFacts;
import dev.banyan.proxy.ServedExchange;
import dev.banyan.proxy.ShadowedExchange;
import dev.banyan.rules.Decision;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is told of one request or one copy behind it: no headers and no bodies, so that a full queue
 * of them is small.
 *
 * @param kind whether a client asked, or it is a copy
 * @param status of the answer; 0 where it failed
 * @param failure its word, else null
 * @param endedMillis since the epoch
 */
record SeenRequest(
    Kind kind,
    Decision.Serve decision,
    RequestFacts facts,
    int status,
    @Nullable String failure,
    Duration duration,
    long endedMillis)
    implements Told {
  enum Kind {
    CONTROL,
    CANDIDATE
  }

  static @Nullable SeenRequest of(ServedExchange served) {
    RequestFacts facts = served.facts();
    return facts == null ? null : of(Kind.CONTROL, served.decision(), facts, served.control());
  }

  static @Nullable SeenRequest of(ShadowedExchange.Pair pair) {
    RequestFacts facts = pair.facts();
    return facts == null ? null : of(Kind.CANDIDATE, pair.decision(), facts, pair.candidate());
  }

  private static SeenRequest of(
      Kind kind, Decision.Serve decision, RequestFacts facts, Observation seen) {
    long now = System.currentTimeMillis();
    return switch (seen) {
      case Observation.Answered answer ->
          new SeenRequest(kind, decision, facts, answer.status(), null, answer.duration(), now);
      case Observation.Failed failed ->
          new SeenRequest(kind, decision, facts, 0, failed.failure(), failed.duration(), now);
    };
  }
}
