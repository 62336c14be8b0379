package dev.banyan.proxy;

import dev.banyan.parity.Observation;
import dev.banyan.parity.RequestCopy;
import dev.banyan.rules.Decision;
import dev.banyan.rules.Side;
import org.jspecify.annotations.Nullable;

/**
 * What a client got.
 *
 * @param control the answer of the side that served; bodies only where the decision captures
 * @param request only where the decision captures, else null
 * @param facts for logs and spans; null where somebody else than the data plane made this
 * @param attempts what came before that answer
 */
public record ServedExchange(
    Decision.Serve decision,
    Observation control,
    @Nullable RequestCopy request,
    @Nullable RequestFacts facts,
    AttemptFacts attempts) {
  /** The first attempt was the only one, and nobody knows more of it. */
  public ServedExchange(
      Decision.Serve decision, Observation control, @Nullable RequestCopy request) {
    this(decision, control, request, null, AttemptFacts.FIRST);
  }

  /** The side that gave the answer, or failed to: legacy, where the request fell back to it. */
  public Side side() {
    return attempts.fellBackFrom() == null ? decision.side() : Side.LEGACY;
  }
}
