package dev.banyan.proxy;

import dev.banyan.proxy.edge.RefusalReason;
import dev.banyan.proxy.upstream.Loss;
import dev.banyan.rules.Decision;
import io.netty.channel.Channel;
import io.vertx.core.AsyncResult;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way: sent, streamed both ways, and ended exactly once.
 *
 * <pre>
 *   start ─ open ─ opened ─ send ─ answered ─ whole
 *             │       │       │        │
 *             └───────┴───────┴────────┴── fail (upstream) or clientLeft
 * </pre>
 *
 * Obeys docs/adr/0004-own-data-plane.md.
 */
final class Exchange implements Deadlines.Waiting {
  private final LoopParts loop;
  private final HttpServerRequest request;
  private final String target;
  private final Decision.Serve decision;
  private final Attempts attempts;
  private final @Nullable Capture capture;
  private final Turns turns;
  private final @Nullable Upload upload;
  private final @Nullable BodyBuffer buffered;
  private final Download download;
  private final Observing observing;
  private final boolean upgrade;
  private final long deadline;
  private final @Nullable StreamPace pace;
  private @Nullable HttpClientRequest upstream;
  private @Nullable HttpClientResponse answer;
  private long firstByte;
  private boolean done;

  Exchange(LoopParts loop, HttpServerRequest request, String target, Decision.Serve decision) {
    this.loop = loop;
    this.request = request;
    this.target = target;
    this.decision = decision;
    boolean tunnel = Tunnel.isAskedFor(request);
    this.capture = tunnel ? null : Capture.of(decision, loop.budget());
    this.observing = new Observing(loop, request, target, decision, capture);
    this.turns = new Turns(request, capture);
    this.upload = turns.upload();
    this.download = turns.download();
    this.attempts = new Attempts(loop, request, decision, upload == null);
    this.upgrade = tunnel;
    this.buffered =
        upload == null
            ? null
            : attempts.bodyBuffer(
                capture == null ? null : capture.requestTee(), this::open, this::fail);
    turns.buffers(buffered);
    this.deadline = Grpc.deadline(request, observing.began());
    this.pace = StreamPace.of(request, turns, loop.limits(), this::bodyTooSlow);
  }

  void start() {
    loop.running().begin();
    HttpServerResponse response = request.response();
    request.exceptionHandler(e -> clientLeft());
    response.exceptionHandler(e -> clientLeft());
    response.closeHandler(v -> clientLeft());
    if (pace != null) {
      loop.deadlines().add(pace);
    }
    if (buffered == null) {
      open();
    } else {
      buffered.read();
    }
  }

  private void open() {
    if (done) {
      return;
    }
    ForwardFailure obstacle = attempts.enter();
    if (obstacle != null) {
      lost(obstacle, Loss.OTHER);
    } else {
      attempts.connect(target, upgrade).onComplete(this::opened);
    }
  }

  private void opened(AsyncResult<HttpClientRequest> result) {
    if (result.succeeded() && !done) {
      send(result.result());
    } else if (result.succeeded()) {
      // The client left while this connection was waited for: it goes back at once.
      EndpointPool.giveBack(result.result());
    } else {
      lost(ForwardFailure.whileConnecting(result.cause()), Loss.OTHER);
    }
  }

  private void send(HttpClientRequest to) {
    upstream = to;
    Heads.toUpstream(request, to.headers(), loop);
    attempts.address(to.headers());
    boolean http2 = attempts.http2() && Http2.isSpokenOn(to.connection());
    if (capture != null) {
      capture.sent(
          http2 ? MultiMap.caseInsensitiveMultiMap().addAll(to.headers()) : to.headers(),
          upload != null);
    }
    if (http2) {
      Http2.headTo(to);
    }
    to.exceptionHandler(e -> upstreamFailed(to, e));
    to.response().onComplete(result -> answered(to, result));
    to.earlyHintsHandler(download::hint);
    turns.moved();
    loop.deadlines().add(this);
    if (upgrade) {
      Tunnel.ask(request, to);
      return;
    }
    turns.send(to);
  }

  private void answered(HttpClientRequest to, AsyncResult<HttpClientResponse> result) {
    if (done || to != upstream) {
      return;
    }
    if (result.failed()) {
      upstreamFailed(to, result.cause());
      return;
    }
    HttpClientResponse from = result.result();
    if (upgrade && Tunnel.isAgreed(request, from)) {
      attempts.answered(from.headers());
      Runnable release = attempts.hold();
      finish();
      observing.answered(from, System.nanoTime(), attempts.facts());
      Tunnel.open(request, from, release);
      return;
    }
    if (!AnswerGate.passes(from)) {
      from.exceptionHandler(e -> {});
      lost(ForwardFailure.BAD_ANSWER, Loss.OTHER);
      return;
    }
    answer = from;
    attempts.answered(from.headers());
    firstByte = System.nanoTime();
    turns.answered();
    from.exceptionHandler(e -> upstreamFailed(to, e));
    // Nothing can follow a body that may or may not come.
    download.from(from, turns.bodyInDoubt(), this::whole);
    loop.afterThisRead(download::headNow);
  }

  private void upstreamFailed(HttpClientRequest from, Throwable cause) {
    if (done || from != upstream) {
      return;
    }
    if (answer == null) {
      lost(ForwardFailure.beforeAnswer(cause), turns.loss(from, cause));
    } else if (!StreamConnection.hasArrived(from, cause)) {
      fail(ForwardFailure.CUT_ANSWER);
    }
  }

  /** No byte of an answer came: the request is sent again where that is allowed. */
  private void lost(ForwardFailure failure, Loss loss) {
    if (done) {
      return;
    }
    HttpClientRequest from = upstream;
    int pause = attempts.again(failure, loss);
    if (pause < 0) {
      fail(failure);
      return;
    }
    upstream = null;
    loop.deadlines().remove(this);
    UpstreamClient.cut(from);
    loop.later(pause, this::open);
  }

  @Override
  public void check(long now) {
    if (deadline != 0 && now - deadline > 0) {
      UpstreamClient.doubt(upstream);
      fail(ForwardFailure.ANSWER_TIMEOUT);
    } else if (turns.upstreamLate(now) > attempts.timeoutNanos()) {
      UpstreamClient.doubt(upstream);
      if (answer == null) {
        lost(ForwardFailure.ANSWER_TIMEOUT, Loss.OTHER);
      } else {
        fail(ForwardFailure.CUT_ANSWER);
      }
    } else if (Http2.speaks(request) && download.heldTooLong(now, loop.limits())) {
      loop.sink().refused(0, RefusalReason.SLOW_READER);
      request.response().reset(Http2.CANCEL);
      clientLeft();
    }
  }

  @Override
  public boolean awaitsUpstreamFor(Channel channel) {
    return request.connection() instanceof ConnectionBase connection
        && connection.channel() == channel
        && !turns.isClients();
  }

  /** The client is told so where it still can be, and the stream is reset. */
  private void bodyTooSlow() {
    boolean answering = request.response().headWritten();
    loop.sink().refused(answering ? 0 : 408, RefusalReason.SLOW_BODY);
    if (!done) {
      giveUp(ForwardFailure.CLIENT_LEFT);
    }
    if (answering) {
      request.response().reset(Http2.CANCEL);
    } else {
      ProblemAnswer.sendAndClose(request, 408, RefusalReason.SLOW_BODY.word(), Map.of());
    }
    endPace();
  }

  private void giveUp(ForwardFailure failure) {
    finish();
    UpstreamClient.cut(upstream);
    observing.failed(failure, upstream, attempts.facts());
  }

  private void endPace() {
    if (pace != null) {
      loop.deadlines().remove(pace);
    }
  }

  private void clientLeft() {
    endPace();
    // A stream of HTTP/2 closes by itself when all of the answer is written.
    if (!done && !download.handedOver() && !turns.goOnAlone()) {
      giveUp(ForwardFailure.CLIENT_LEFT);
    }
  }

  private void fail(ForwardFailure failure) {
    if (done) {
      return;
    }
    giveUp(failure);
    if (request.response().headWritten()) {
      download.cut();
      return;
    }
    ProblemAnswer.send(
        request, failure, decision.route().id(), attempts.retryAfter(failure), upload != null);
  }

  private void whole() {
    if (done) {
      return;
    }
    finish();
    turns.over();
    if (upload != null && !turns.sentWhole()) {
      // The rest of the body must not be taken for the next request on this connection.
      UpstreamClient.cut(upstream);
      upload.discard();
    }
    HttpClientResponse from = answer;
    if (from != null) {
      observing.answered(from, firstByte, attempts.facts());
    }
  }

  private void finish() {
    done = true;
    attempts.end();
    if (buffered != null) {
      buffered.release();
    }
    loop.running().end();
    loop.deadlines().remove(this);
  }
}
