package dev.banyan.proxy;

import dev.banyan.parity.Body;
import dev.banyan.parity.Headers;
import dev.banyan.parity.Observation;
import dev.banyan.parity.RequestCopy;
import dev.banyan.proxy.outgoing.Answer;
import dev.banyan.proxy.outgoing.Outgoing;
import dev.banyan.rules.Decision;
import dev.banyan.rules.WritePolicy.Writes;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Step 7 of a request's way: tells the sink what the client got and lets the copy go. Nothing that
 * happens here reaches the client.
 */
final class Observing {
  private static final Body NOT_KEPT = new Body.NotKept();

  private final LoopParts loop;
  private final HttpServerRequest request;
  private final String target;
  private final Decision.Serve decision;
  private final @Nullable Capture capture;
  private final long began = System.nanoTime();

  Observing(
      LoopParts loop,
      HttpServerRequest request,
      String target,
      Decision.Serve decision,
      @Nullable Capture capture) {
    this.loop = loop;
    this.request = request;
    this.target = target;
    this.decision = decision;
    this.capture = capture;
  }

  long began() {
    return began;
  }

  /**
   * @param sent the last request to an upstream, or null where none was sent
   * @param begun the answer that had begun, if one had
   */
  void failed(
      ForwardFailure failure,
      @Nullable Outgoing sent,
      @Nullable Answer begun,
      AttemptFacts attempts) {
    Capture kept = capture;
    tell(
        new Observation.Failed(failure.word(), since(System.nanoTime())),
        RequestFacts.of(request, target, sent == null ? null : sent.headers()),
        attempts,
        failure == ForwardFailure.CLIENT_LEFT ? "client-left" : "control-failed",
        kept == null ? CarriedOut.NO : CarriedOut.before(failure, sent != null, begun, kept));
  }

  void answered(
      Outgoing sent, Answer from, MultiMap trailers, long firstByte, AttemptFacts attempts) {
    Capture kept = capture;
    tell(
        new Observation.Answered(
            from.status(),
            kept == null ? Headers.NONE : Heads.copy(from.headers()),
            kept == null ? NOT_KEPT : kept.answerTee().body(),
            kept == null ? Headers.NONE : Heads.copy(trailers),
            since(firstByte),
            since(System.nanoTime())),
        RequestFacts.of(request, target, sent.headers()),
        attempts,
        // The control is the candidate's own side then: the pair would say nothing.
        attempts.fellBackFrom() == null ? null : "fell-back",
        CarriedOut.by(from, trailers));
  }

  private void tell(
      Observation control,
      RequestFacts facts,
      AttemptFacts attempts,
      @Nullable String whyNoCopy,
      CarriedOut carriedOut) {
    Capture kept = capture;
    if (kept == null) {
      loop.sink().served(new ServedExchange(decision, control, null, facts, attempts));
      return;
    }
    RequestCopy copy = kept.request(request, target);
    loop.sink().served(new ServedExchange(decision, control, copy, facts, attempts));
    ShadowSender.Job job = new ShadowSender.Job(decision, copy, control, kept);
    Decision.Mirror mirror = decision.mirror();
    if (mirror != null && mirror.writes() == Writes.AFTER_SUCCESS) {
      loop.shadows().carryOut(job, mirror, carriedOut);
    } else {
      loop.shadows().send(job, whyNoCopy);
    }
  }

  private Duration since(long nanos) {
    return Duration.ofNanos(nanos - began);
  }
}
