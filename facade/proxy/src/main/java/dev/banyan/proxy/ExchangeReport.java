package dev.banyan.proxy;

import dev.banyan.parity.Body;
import dev.banyan.parity.Headers;
import dev.banyan.parity.Observation;
import dev.banyan.parity.RequestCopy;
import dev.banyan.rules.Decision;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Step 7 of one request: tells the sink how it ended and lets the copy go. Nothing that happens
 * here reaches the client.
 */
final class ExchangeReport {
  private static final Body NOT_KEPT = new Body.NotKept();

  private final LoopParts loop;
  private final HttpServerRequest request;
  private final String target;
  private final Decision.Serve decision;
  private final @Nullable Capture capture;
  private final long began = System.nanoTime();

  ExchangeReport(
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

  void failed(ForwardFailure failure, AttemptFacts attempts) {
    String whyNoCopy = failure == ForwardFailure.CLIENT_LEFT ? "client-left" : "control-failed";
    observe(new Observation.Failed(failure.word(), since(System.nanoTime())), attempts, whyNoCopy);
  }

  void answered(HttpClientResponse from, long firstByte, AttemptFacts attempts) {
    boolean kept = capture != null;
    Observation.Answered control =
        new Observation.Answered(
            from.statusCode(),
            kept ? Heads.copy(from.headers()) : Headers.NONE,
            capture == null ? NOT_KEPT : capture.answerTee().body(),
            kept ? Heads.copy(from.trailers()) : Headers.NONE,
            since(firstByte),
            since(System.nanoTime()));
    // The control is the candidate's own side then: the pair would say nothing.
    observe(control, attempts, attempts.fellBackFrom() == null ? null : "fell-back");
  }

  private Duration since(long nanos) {
    return Duration.ofNanos(nanos - began);
  }

  private void observe(Observation control, AttemptFacts attempts, @Nullable String whyNoCopy) {
    Capture kept = capture;
    if (kept == null) {
      loop.sink().served(new ServedExchange(decision, control, null, attempts));
      return;
    }
    RequestCopy copy = kept.request(request, target);
    loop.sink().served(new ServedExchange(decision, control, copy, attempts));
    loop.shadows()
        .send(new ShadowSender.Job(decision, copy, control, kept, request.method()), whyNoCopy);
  }
}
