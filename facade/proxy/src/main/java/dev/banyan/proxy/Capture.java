package dev.banyan.proxy;

import dev.banyan.parity.Body;
import dev.banyan.parity.RequestCopy;
import dev.banyan.proxy.outgoing.Outgoing;
import dev.banyan.rules.Decision;
import dev.banyan.rules.WritePolicy.Writes;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** What is kept of one exchange that is shadowed or recorded. */
final class Capture {
  private final BodyTee requestTee;
  private final BodyTee answerTee;
  private final boolean outlivesClient;
  private @Nullable MultiMap sent;
  private boolean sentWithBody;
  private int holders = 1;

  private Capture(BodyTee requestTee, BodyTee answerTee, boolean outlivesClient) {
    this.requestTee = requestTee;
    this.answerTee = answerTee;
    this.outlivesClient = outlivesClient;
  }

  static @Nullable Capture of(Decision.Serve decision, ShadowBudget budget) {
    if (!decision.captures()) {
      return null;
    }
    int cap = decision.maxBody();
    Decision.Mirror mirror = decision.mirror();
    boolean outlives = mirror != null && mirror.writes() == Writes.AFTER_SUCCESS;
    return new Capture(new BodyTee(cap, budget), new BodyTee(cap, budget), outlives);
  }

  /** Whether it must be known what became of the request, also where nobody waits any more. */
  boolean outlivesClient() {
    return outlivesClient;
  }

  BodyTee requestTee() {
    return requestTee;
  }

  BodyTee answerTee() {
    return answerTee;
  }

  /**
   * The head as the control side gets it: the candidate gets the same.
   *
   * @param to whose fields are written and has not begun
   * @param withBody whether a body follows, be it an empty one
   */
  void sent(Outgoing to, boolean withBody) {
    MultiMap headers = to.headers();
    // Those of HTTP/2 lose their Host when it begins.
    sent = to.isHttp2() ? MultiMap.caseInsensitiveMultiMap().addAll(headers) : headers;
    sentWithBody = withBody;
  }

  /** Whether the control side got the body in chunks, or would have in HTTP/1.1. */
  boolean wasSentInChunks() {
    // Not known earlier: a body that is buffered for its length gets one in this very head.
    return sentWithBody && !sentHeaders().contains(HttpHeaders.CONTENT_LENGTH);
  }

  MultiMap sentHeaders() {
    return sent == null ? MultiMap.caseInsensitiveMultiMap() : sent;
  }

  RequestCopy request(HttpServerRequest request, String target) {
    Body body = requestTee.body();
    return new RequestCopy(request.method().name(), target, Heads.ofRequest(request), body);
  }

  /** One more needs it: it is to be released once more. */
  void share() {
    holders++;
  }

  void release() {
    holders--;
    if (holders == 0) {
      requestTee.release();
      answerTee.release();
    }
  }
}
