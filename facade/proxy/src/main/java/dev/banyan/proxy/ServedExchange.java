package dev.banyan.proxy;

import dev.banyan.parity.Observation;
import dev.banyan.parity.RequestCopy;
import dev.banyan.rules.Decision;
import org.jspecify.annotations.Nullable;

/**
 * What a client got.
 *
 * @param control the answer of the side that served; bodies only where the decision captures
 * @param request only where the decision captures, else null
 * @param attempts what came before that answer
 */
public record ServedExchange(
    Decision.Serve decision,
    Observation control,
    @Nullable RequestCopy request,
    AttemptFacts attempts) {
  /** The first attempt was the only one. */
  public ServedExchange(
      Decision.Serve decision, Observation control, @Nullable RequestCopy request) {
    this(decision, control, request, AttemptFacts.FIRST);
  }
}
