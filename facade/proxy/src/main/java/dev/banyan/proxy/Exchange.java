package dev.banyan.proxy;

import dev.banyan.parity.Body;
import dev.banyan.parity.Headers;
import dev.banyan.parity.Observation;
import dev.banyan.parity.RequestCopy;
import dev.banyan.rules.Decision;
import io.vertx.core.AsyncResult;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
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
  private final UpstreamClient client;
  private final @Nullable Capture capture;
  private final @Nullable Upload upload;
  private final Download download;
  private final long began = System.nanoTime();
  private final boolean expects;
  private @Nullable HttpClientRequest upstream;
  private @Nullable HttpClientResponse answer;
  private long firstByte;
  private long lastMove;
  private boolean continued;
  private boolean retried;
  private boolean done;

  Exchange(LoopParts loop, HttpServerRequest request, String target, Decision.Serve decision) {
    this.loop = loop;
    this.request = request;
    this.target = target;
    this.decision = decision;
    this.client = loop.upstreams().of(decision.upstream());
    this.capture = Capture.of(decision, loop.budget());
    this.upload = upload();
    this.download =
        new Download(request, capture == null ? null : capture.answerTee(), this::moved);
    this.expects = upload != null && request.headers().contains("expect");
  }

  private @Nullable Upload upload() {
    String length = request.getHeader("content-length");
    boolean coded = request.headers().contains("transfer-encoding");
    if (!coded && (length == null || length.equals("0"))) {
      return null;
    }
    BodyTee tee = capture == null ? null : capture.requestTee();
    return new Upload(
        request, coded || length == null ? -1 : Long.parseLong(length), tee, this::moved);
  }

  void start() {
    client.begin();
    loop.running().begin();
    HttpServerResponse response = request.response();
    request.exceptionHandler(e -> clientLeft());
    response.exceptionHandler(e -> clientLeft());
    response.closeHandler(v -> clientLeft());
    open();
  }

  private void open() {
    client.request(request.method(), target).onComplete(this::opened);
  }

  private void opened(AsyncResult<HttpClientRequest> result) {
    if (result.failed()) {
      if (!done && !retried && result.cause() instanceof ClosedChannelException) {
        retried = true; // a late event of a closed descriptor that had the same number
        open();
        return;
      }
      fail(ForwardFailure.whileConnecting(result.cause()));
    } else if (done) {
      // The client left while this connection was waited for: it goes back at once.
      result.result().exceptionHandler(e -> {}).reset();
    } else {
      send(result.result());
    }
  }

  private void send(HttpClientRequest to) {
    upstream = to;
    Heads.toUpstream(request, to.headers(), loop);
    if (capture != null) {
      capture.sent(to.headers());
    }
    to.exceptionHandler(this::upstreamFailed);
    to.response().onComplete(result -> answered(to, result));
    lastMove = System.nanoTime();
    loop.deadlines().add(this);
    if (upload == null) {
      to.end();
      return;
    }
    if (expects) {
      to.continueHandler(v -> goOn());
    }
    upload.into(to);
  }

  private void goOn() {
    if (!done && !continued) {
      continued = true;
      moved();
      request.response().writeContinue();
    }
  }

  private void answered(HttpClientRequest to, AsyncResult<HttpClientResponse> result) {
    if (done || to != upstream) {
      return;
    }
    if (result.failed()) {
      upstreamFailed(result.cause());
      return;
    }
    HttpClientResponse from = result.result();
    if (!AnswerGate.passes(from)) {
      fail(ForwardFailure.BAD_ANSWER);
      return;
    }
    answer = from;
    firstByte = System.nanoTime();
    moved();
    from.exceptionHandler(e -> fail(ForwardFailure.CUT_ANSWER));
    // A client that was never told to go on may or may not send its body: nothing can follow it.
    boolean bodyInDoubt = expects && !continued && upload != null && !upload.sentWhole();
    download.from(from, bodyInDoubt || loop.running().closing(), this::whole);
    loop.afterThisRead(download::headNow);
  }

  private void upstreamFailed(Throwable cause) {
    if (done) {
      return;
    }
    if (answer != null) {
      fail(ForwardFailure.CUT_ANSWER);
      return;
    }
    ForwardFailure failure = ForwardFailure.beforeAnswer(cause);
    if (failure == ForwardFailure.RESET_BEFORE_ANSWER && mayTryAgain(upstream)) {
      retried = true;
      upstream = null;
      loop.deadlines().remove(this);
      open();
      return;
    }
    fail(failure);
  }

  /**
   * A kept-alive connection may have been closed under the request: safe ones are sent once more.
   */
  private boolean mayTryAgain(@Nullable HttpClientRequest failed) {
    HttpMethod method = request.method();
    return !retried
        && upload == null
        && failed != null
        && AnswerWatch.hasAnswered(failed.connection())
        && (HttpMethod.GET.equals(method)
            || HttpMethod.HEAD.equals(method)
            || HttpMethod.OPTIONS.equals(method));
  }

  private void moved() {
    lastMove = System.nanoTime();
  }

  @Override
  public void check(long now) {
    boolean clientsTurn =
        answer == null
            ? upload != null && upload.waitsForClient() && !(expects && !continued)
            : download.waitsForClient();
    if (clientsTurn) {
      lastMove = now;
    } else if (now - lastMove > client.timeoutNanos()) {
      fail(answer == null ? ForwardFailure.ANSWER_TIMEOUT : ForwardFailure.CUT_ANSWER);
    }
  }

  private void clientLeft() {
    if (!done) {
      finish();
      reset();
      observe(failed(ForwardFailure.CLIENT_LEFT), "client-left");
    }
  }

  private void fail(ForwardFailure failure) {
    if (done) {
      return;
    }
    finish();
    reset();
    observe(failed(failure), "control-failed");
    HttpServerResponse response = request.response();
    if (response.headWritten()) {
      download.cut();
      return;
    }
    String detail = "The upstream did not answer this request.";
    Map<String, String> more = Map.of("failure", failure.word(), "route", decision.route().id());
    if (upload == null) {
      ProblemAnswer.send(request, failure.status(), detail, more);
    } else {
      ProblemAnswer.sendAndClose(request, failure.status(), detail, more);
    }
  }

  private void whole() {
    if (done) {
      return;
    }
    finish();
    if (upload != null && !upload.sentWhole()) {
      // The rest of the body must not be taken for the next request on this connection.
      reset();
      upload.discard();
    }
    HttpClientResponse from = answer;
    if (from != null) {
      observe(answered(from), null);
    }
  }

  private void finish() {
    done = true;
    client.end();
    loop.running().end();
    loop.deadlines().remove(this);
  }

  private void reset() {
    HttpClientRequest to = upstream;
    if (to != null) {
      to.reset();
      to.connection().close();
    }
  }

  private Observation failed(ForwardFailure failure) {
    return new Observation.Failed(failure.word(), since(System.nanoTime()));
  }

  private Observation answered(HttpClientResponse from) {
    boolean kept = capture != null;
    return new Observation.Answered(
        from.statusCode(),
        kept ? Heads.copy(from.headers()) : Headers.NONE,
        capture == null ? NOT_KEPT : capture.answerTee().body(),
        kept ? Heads.copy(from.trailers()) : Headers.NONE,
        since(firstByte),
        since(System.nanoTime()));
  }

  private static final Body NOT_KEPT = new Body.NotKept();

  private Duration since(long nanos) {
    return Duration.ofNanos(nanos - began);
  }

  /** Step 7: tells the sink and lets the copy go. Nothing that happens here reaches the client. */
  private void observe(Observation control, @Nullable String whyNoCopy) {
    Capture kept = capture;
    if (kept == null) {
      loop.sink().served(new ServedExchange(decision, control, null));
      return;
    }
    RequestCopy copy = kept.request(request, target);
    loop.sink().served(new ServedExchange(decision, control, copy));
    loop.shadows()
        .send(new ShadowSender.Job(decision, copy, control, kept, request.method()), whyNoCopy);
  }
}
