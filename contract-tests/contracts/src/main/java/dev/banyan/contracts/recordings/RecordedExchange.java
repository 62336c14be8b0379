package dev.banyan.contracts.recordings;

import dev.banyan.parity.Observation;
import dev.banyan.parity.RequestCopy;
import java.util.Optional;

/**
 * One exchange of a recording: what was asked, what came back, and what came back when it was sent
 * again. At least one of them is there.
 *
 * @param place file and entry, for people: {@code traffic.har#3}
 * @param original the answer of the system that was recorded
 * @param replayed the answer of the system that it was sent to again
 */
public record RecordedExchange(
    String place,
    Optional<RequestCopy> request,
    Optional<Observation> original,
    Optional<Observation> replayed) {

  static RecordedExchange asked(String place, RequestCopy request, Observation answer) {
    return new RecordedExchange(place, Optional.of(request), Optional.of(answer), Optional.empty());
  }

  static RecordedExchange requestOnly(String place, RequestCopy request) {
    return new RecordedExchange(place, Optional.of(request), Optional.empty(), Optional.empty());
  }

  static RecordedExchange answerOnly(String place, Observation answer) {
    return new RecordedExchange(place, Optional.empty(), Optional.of(answer), Optional.empty());
  }

  /** The answer: the original one, or the replayed one where a file keeps no other. */
  Optional<Observation> answer() {
    return original.or(this::replayed);
  }

  /** {@code GET /api/products}; the place where the request is not known. */
  public String title() {
    return request.map(r -> r.method() + " " + r.target()).orElse(place);
  }
}
