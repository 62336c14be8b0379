package dev.banyan.proxy;

import dev.banyan.proxy.edge.RefusalReason;
import dev.banyan.proxy.outgoing.Answer;
import dev.banyan.proxy.outgoing.Asker;
import dev.banyan.proxy.outgoing.Outgoing;
import dev.banyan.proxy.upstream.Loss;
import dev.banyan.rules.Decision;
import io.netty.channel.Channel;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
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
final class Exchange implements Asker, Deadlines.Waiting {
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
  private @Nullable Answer answer;
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
    loop.shadows().liveBegins();
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
      attempts.connect(target, upgrade, this);
    }
  }

  @Override
  public void placed(Outgoing to) {
    if (done) {
      // The client left while this connection was waited for: it goes back at once.
      to.giveBack();
    } else {
      send(to);
    }
  }

  @Override
  public void unreached(Throwable cause) {
    lost(ForwardFailure.whileConnecting(cause), Loss.OTHER);
  }

  private void send(Outgoing to) {
    Heads.toUpstream(request, to.headers(), loop);
    attempts.address(to);
    if (capture != null) {
      capture.sent(to, upload != null);
    }
    to.begin();
    turns.moved();
    loop.deadlines().add(this);
    if (upgrade) {
      to.upgrade(request.getHeader("upgrade"));
    } else {
      turns.send(to);
    }
  }

  @Override
  public void goOn() {
    turns.goOn();
  }

  @Override
  public void hint(MultiMap headers) {
    download.hint(headers);
  }

  @Override
  public void answered(Answer from) {
    Outgoing to = attempts.sent();
    if (done || to == null) {
      return;
    }
    if (upgrade && Tunnel.isAgreed(request, from)) {
      attempts.answered(from.headers());
      Runnable release = attempts.hold();
      finish();
      observing.answered(
          to, from, MultiMap.caseInsensitiveMultiMap(), System.nanoTime(), attempts.facts());
      Tunnel.open(request, from, to, release);
      return;
    }
    if (!AnswerGate.passes(from.status(), from.headers())) {
      lost(ForwardFailure.BAD_ANSWER, Loss.OTHER);
      return;
    }
    answer = from;
    attempts.answered(from.headers());
    firstByte = System.nanoTime();
    turns.answered();
    // Nothing can follow a body that may or may not come.
    download.begin(from, to, turns.bodyInDoubt());
    loop.afterThisRead(download::headNow);
  }

  @Override
  public void chunk(Buffer chunk) {
    download.chunk(chunk);
  }

  @Override
  public void lost(Throwable cause, Loss loss) {
    if (answer == null) {
      lost(ForwardFailure.beforeAnswer(cause), turns.loss(loss));
    } else {
      fail(ForwardFailure.CUT_ANSWER);
    }
  }

  /** No byte of an answer came: the request is sent again where that is allowed. */
  private void lost(ForwardFailure failure, Loss loss) {
    if (done) {
      return;
    }
    int pause = attempts.again(failure, loss);
    if (pause < 0) {
      fail(failure);
      return;
    }
    loop.deadlines().remove(this);
    attempts.drop();
    loop.later(pause, this::open);
  }

  @Override
  public void check(long now) {
    if (deadline != 0 && now - deadline > 0) {
      attempts.doubt();
      fail(ForwardFailure.ANSWER_TIMEOUT);
    } else if (turns.upstreamLate(now) > attempts.timeoutNanos()) {
      attempts.doubt();
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
    attempts.cut();
    observing.failed(failure, attempts.sent(), answer, attempts.facts());
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

  @Override
  public void whole(MultiMap trailers) {
    download.end(trailers);
    Outgoing to = attempts.sent();
    Answer from = answer;
    if (done || to == null || from == null) {
      return;
    }
    finish();
    turns.over();
    if (upload != null && !turns.sentWhole()) {
      // The rest of the body must not be taken for the next request on this connection.
      to.cut();
      upload.discard();
    }
    observing.answered(to, from, trailers, firstByte, attempts.facts());
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
