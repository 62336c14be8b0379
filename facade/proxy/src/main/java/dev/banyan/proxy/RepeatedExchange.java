package dev.banyan.proxy;

import dev.banyan.parity.Observation;
import dev.banyan.parity.RequestCopy;
import dev.banyan.rules.Decision;

/** What became of one request that was to be sent to legacy once more. */
public sealed interface RepeatedExchange {
  Decision.Serve decision();

  /** Legacy's answer to the client and its answer to the same request again. */
  record Pair(Decision.Serve decision, RequestCopy request, Observation first, Observation again)
      implements RepeatedExchange {}

  /**
   * It was not sent, or its answer was not kept.
   *
   * @param reason from a bounded list: {@code rate}, {@code credentials}, {@code legacy-error},
   *     {@code body}, and those of {@link ShadowedExchange.Skipped}
   */
  record Dropped(Decision.Serve decision, String reason) implements RepeatedExchange {}
}
