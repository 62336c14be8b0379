package dev.banyan.app.seen;

import dev.banyan.parity.Observation;
import dev.banyan.proxy.AttemptFacts;
import dev.banyan.proxy.RequestFacts;
import dev.banyan.proxy.ServedExchange;
import dev.banyan.proxy.ShadowedExchange;
import dev.banyan.rules.Decision;
import dev.banyan.rules.Side;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is told of one request or one copy behind it: no headers and no bodies, so that a full queue
 * of them is small.
 *
 * @param kind whether a client asked, or it is a copy
 * @param side that answered, or failed last
 * @param attempts what came before that
 * @param status of the answer; 0 where it failed
 * @param failure its word, else null
 * @param endedMillis since the epoch
 */
record SeenRequest(
    Kind kind,
    Decision.Serve decision,
    Side side,
    RequestFacts facts,
    AttemptFacts attempts,
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
    if (facts == null) {
      return null;
    }
    Observation seen = served.control();
    return new SeenRequest(
        Kind.CONTROL,
        served.decision(),
        served.side(),
        facts,
        served.attempts(),
        status(seen),
        failure(seen),
        seen.duration(),
        System.currentTimeMillis());
  }

  static @Nullable SeenRequest of(ShadowedExchange.Pair pair) {
    RequestFacts facts = pair.facts();
    if (facts == null) {
      return null;
    }
    Observation seen = pair.candidate();
    return new SeenRequest(
        Kind.CANDIDATE,
        pair.decision(),
        pair.decision().side().other(),
        facts,
        AttemptFacts.FIRST,
        status(seen),
        failure(seen),
        seen.duration(),
        System.currentTimeMillis());
  }

  /** How the migrated side failed where legacy answered instead, else null. */
  @Nullable String fellBackFrom() {
    Observation.Failed lost = attempts.fellBackFrom();
    return lost == null ? null : lost.failure();
  }

  private static int status(Observation seen) {
    return seen instanceof Observation.Answered answer ? answer.status() : 0;
  }

  private static @Nullable String failure(Observation seen) {
    return seen instanceof Observation.Failed failed ? failed.failure() : null;
  }
}
