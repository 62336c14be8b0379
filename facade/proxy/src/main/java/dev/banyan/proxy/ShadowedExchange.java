package dev.banyan.proxy;

import dev.banyan.parity.Observation;
import dev.banyan.parity.RequestCopy;
import dev.banyan.rules.Decision;
import org.jspecify.annotations.Nullable;

/** What became of one copy. */
public sealed interface ShadowedExchange {
  Decision.Serve decision();

  /**
   * Both sides' observations: ready to be compared.
   *
   * @param facts of the copy, for spans; null where somebody else than the data plane made this
   */
  record Pair(
      Decision.Serve decision,
      RequestCopy request,
      Observation control,
      Observation candidate,
      @Nullable RequestFacts facts)
      implements ShadowedExchange {
    public Pair(
        Decision.Serve decision, RequestCopy request, Observation control, Observation candidate) {
      this(decision, request, control, candidate, null);
    }
  }

  /**
   * No copy was sent.
   *
   * @param reason from a bounded list: {@code in-flight-full}, {@code candidate-resting}, {@code
   *     bytes-full}, {@code request-too-large}, {@code control-failed}, {@code client-left}, {@code
   *     fell-back}, {@code request-cut}, {@code not-successful}, {@code queue-full}, {@code
   *     closing}
   */
  record Skipped(Decision.Serve decision, String reason) implements ShadowedExchange {}
}
