package dev.banyan.contracts;

import dev.banyan.parity.Observation;
import dev.banyan.parity.RequestCopy;
import java.time.Instant;

/**
 * Selects from observed exchanges what a contract needs: one interaction per distinct request,
 * bounded in count; where a request was seen again with another answer, the places that differ
 * become volatile. Thread-safe.
 */
public final class ContractRecorder {
  /** Starts a recording that keeps {@code limit} distinct requests at the most. */
  public static ContractRecorder start(String routeId, String profile, int limit) {
    throw new UnsupportedOperationException(routeId + profile + limit);
  }

  private ContractRecorder() {}

  /** Looks at one exchange with legacy; never throws, never blocks for long. */
  public void offer(RequestCopy request, Observation answer) {
    throw new UnsupportedOperationException(request.target() + answer.duration());
  }

  /** Distinct requests kept so far. */
  public int size() {
    throw new UnsupportedOperationException();
  }

  public Contract finish(Instant at) {
    throw new UnsupportedOperationException(at.toString());
  }
}
