package dev.banyan.contracts;

import dev.banyan.contracts.Contract.Interaction;
import dev.banyan.parity.Body;
import dev.banyan.parity.Comparer;
import dev.banyan.parity.Comparison;
import dev.banyan.parity.Difference;
import dev.banyan.parity.Difference.Kind;
import dev.banyan.parity.Headers;
import dev.banyan.parity.Observation;
import dev.banyan.parity.RequestCopy;
import dev.banyan.rules.CompareProfile;
import java.util.Set;
import java.util.TreeSet;

/** One distinct request and what was learnt from its answers. Guarded by its recorder. */
final class Sighting {
  private static final Comparer STRICT = Comparer.of(CompareProfile.STRICT);
  private static final int SERVER_ERROR = 500;

  private final RequestCopy request;
  private Observation.Answered answer;
  private final Set<String> volatileAt = new TreeSet<>();

  Sighting(RequestCopy request, Observation.Answered answer) {
    this.request = request;
    this.answer = answer;
  }

  RequestCopy request() {
    return request;
  }

  /**
   * Other values make their places volatile. Another shape cannot be volatile (presence and type
   * must hold): then the data has moved on, and the newest answer is the one to expect. A server
   * error never takes the place of an answer.
   */
  void seenAgain(Observation.Answered again) {
    if ((again.status() >= SERVER_ERROR) != (answer.status() >= SERVER_ERROR)) {
      answer = answer.status() >= SERVER_ERROR ? again : answer;
      return;
    }
    if (!(STRICT.compare(answer, again) instanceof Comparison.Mismatch mismatch)) {
      return;
    }
    if (answer.status() == again.status()) {
      mismatch.differences().stream()
          .filter(difference -> isValue(difference.kind()))
          .map(Difference::location)
          .forEach(volatileAt::add);
    }
    if (mismatch.differences().stream().anyMatch(difference -> !isShapeKept(difference))) {
      answer = again;
    }
  }

  long size() {
    return size(request, answer);
  }

  Interaction toInteraction(String name) {
    return new Interaction(name, request, answer, volatileAt);
  }

  static long size(RequestCopy request, Observation.Answered answer) {
    return request.target().length()
        + size(request.headers())
        + size(request.body())
        + size(answer.headers())
        + size(answer.body());
  }

  private static boolean isShapeKept(Difference difference) {
    return isValue(difference.kind()) && !difference.location().equals("status");
  }

  private static boolean isValue(Kind kind) {
    return kind == Kind.VALUE || kind == Kind.BYTES;
  }

  private static long size(Headers headers) {
    return headers.fields().stream().mapToLong(f -> f.name().length() + f.value().length()).sum();
  }

  private static long size(Body body) {
    return body instanceof Body.Whole whole ? whole.bytes().length : 0;
  }
}
