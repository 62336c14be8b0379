package dev.banyan.contracts;

import dev.banyan.contracts.Contract.Interaction;
import dev.banyan.parity.Body;
import dev.banyan.parity.Comparer;
import dev.banyan.parity.Comparison;
import dev.banyan.parity.Difference;
import dev.banyan.parity.Difference.Kind;
import dev.banyan.parity.Observation;
import dev.banyan.parity.RequestCopy;
import dev.banyan.rules.ShadowPolicy;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** One distinct request and what was learnt from its answers. Guarded by its recorder. */
final class Sighting {
  private static final int SERVER_ERROR = 500;
  private static final int CLIENT_ERROR = 400;
  private static final int REDIRECTION = 300;

  /** Not allowed, or not now (RFC 9110, section 15.5; RFC 6585, section 4). */
  private static final Set<Integer> REFUSALS = Set.of(401, 403, 407, 429);

  private final RequestCopy request;
  private final Set<String> volatileAt = new TreeSet<>();
  private Optional<RequestCopy> original;
  private Observation.Answered answer;

  Sighting(Look.Kept first) {
    this.request = first.request();
    this.original = first.original();
    this.answer = first.answer();
  }

  RequestCopy request() {
    return request;
  }

  /** As it came, with credentials and Host; empty where it must not be sent again. */
  Optional<RequestCopy> original() {
    return original;
  }

  void forgetOriginal() {
    original = Optional.empty();
  }

  /**
   * A client has asked it again. Other values make their places volatile. Another shape cannot be
   * volatile (presence and type must hold): then the data has moved on, and the newest answer is
   * the one to expect.
   *
   * @return false where that was a refusal or a server error, which take the place of no answer
   */
  boolean seenAgain(Observation.Answered again, Comparer comparer) {
    if (worth(again) != worth(answer)) {
      boolean better = worth(again) > worth(answer);
      answer = better ? again : answer;
      return better;
    }
    List<Difference> differences = differences(again, comparer).toList();
    if (answer.status() == again.status()) {
      differences.stream()
          .filter(difference -> isValue(difference.kind()))
          .map(Difference::location)
          .forEach(volatileAt::add);
    }
    if (differences.stream().anyMatch(difference -> !isShapeKept(difference))) {
      answer = again;
    }
    return true;
  }

  /**
   * It was sent again for the sake of this contract. That only makes places volatile: whoever asks
   * so is not the client that was answered.
   *
   * @return false where the answer says nothing of values: it has another status or shape
   */
  boolean askedAgain(Observation.Answered again, Comparer comparer) {
    List<Difference> differences = differences(again, comparer).toList();
    if (!differences.stream().allMatch(Sighting::isShapeKept)) {
      return false;
    }
    differences.stream().map(Difference::location).forEach(volatileAt::add);
    return true;
  }

  private Stream<Difference> differences(Observation.Answered again, Comparer comparer) {
    return comparer.compare(ContractVerifier.asked(request), answer, again)
            instanceof Comparison.Mismatch mismatch
        ? mismatch.differences().stream()
        : Stream.empty();
  }

  /** A refusal may be owed to who asked, or when; a redirect leads to the page that asks for it. */
  private int worth(Observation.Answered one) {
    int status = one.status();
    boolean redirect =
        status >= REDIRECTION
            && status < CLIENT_ERROR
            && ShadowPolicy.SAFE_METHODS.contains(request.method());
    if (status >= SERVER_ERROR) {
      return 0;
    }
    return redirect || REFUSALS.contains(status) ? 1 : 2;
  }

  long size() {
    return size(request, answer, original);
  }

  Interaction toInteraction(String name) {
    return new Interaction(name, request, answer, volatileAt);
  }

  static long size(
      RequestCopy request, Observation.Answered answer, Optional<RequestCopy> original) {
    return request.target().length()
        + request.headers().size()
        + size(request.body())
        + answer.headers().size()
        + size(answer.body())
        + original.map(one -> one.headers().size()).orElse(0L);
  }

  private static boolean isShapeKept(Difference difference) {
    return isValue(difference.kind()) && !difference.location().equals("status");
  }

  private static boolean isValue(Kind kind) {
    return kind == Kind.VALUE || kind == Kind.BYTES;
  }

  private static long size(Body body) {
    return body instanceof Body.Whole whole ? whole.bytes().length : 0;
  }
}
