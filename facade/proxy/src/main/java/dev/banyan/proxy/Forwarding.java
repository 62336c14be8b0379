package dev.banyan.proxy;

import dev.banyan.parity.Observation;
import dev.banyan.rules.Decision;
import dev.banyan.rules.ShadowPolicy;
import io.vertx.core.AsyncResult;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One request under way.
 *
 * <pre>
 *   client ── request ──▶ (tee) ──▶ upstream      CONNECTING → ANSWERING
 *   client ◀── (tee) ◀── answer ── upstream       STREAMING  → DONE
 * </pre>
 *
 * A body that is cut on one side is cut on the other: never ended. Whoever comes first, an end, a
 * failure, a deadline or a client that leaves, sets DONE; all that comes later finds it set.
 */
final class Forwarding implements Deadlines.Expiring {
  private enum Phase {
    CONNECTING,
    ANSWERING,
    STREAMING,
    DONE
  }

  private static final long CONTINUE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Forwarder shared;
  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final Decision.Serve serve;
  private final ForwardedHeaders forwarded;
  private final ExchangeRecord record;
  private final boolean hasBody;
  private Phase phase = Phase.CONNECTING;
  private @Nullable HttpClientRequest upstream;
  private long deadline;
  private boolean awaitingContinue;
  private boolean sentWhole;
  private boolean retried;

  Forwarding(
      Forwarder shared,
      HttpServerRequest request,
      Decision.Serve serve,
      ForwardedHeaders forwarded) {
    this.shared = shared;
    this.request = request;
    this.response = request.response();
    this.serve = serve;
    this.forwarded = forwarded;
    this.record = new ExchangeRecord(request, serve);
    this.hasBody = ProblemAnswer.hasBody(request);
  }

  void start() {
    request.pause();
    request.exceptionHandler(gone -> clientLeft());
    response.exceptionHandler(gone -> clientLeft());
    response.closeHandler(gone -> clientLeft());
    connect();
  }

  private void connect() {
    phase = Phase.CONNECTING;
    // The library's own connect timeout is the finer one; this bounds the wait for a free
    // connection as well.
    deadline = in(2 * serve.upstream().connectTimeout().toNanos());
    shared
        .upstreams
        .request(serve.upstream(), request.method(), request.uri())
        .onComplete(this::connected);
  }

  private void connected(AsyncResult<HttpClientRequest> result) {
    if (phase != Phase.CONNECTING) {
      if (result.succeeded()) {
        result.result().reset();
      }
    } else if (result.failed()) {
      fail(FailureReading.connecting(result.cause()));
    } else {
      send(result.result());
    }
  }

  private void send(HttpClientRequest to) {
    phase = Phase.ANSWERING;
    upstream = to;
    deadline = in(serve.upstream().timeout().toNanos());
    HeaderCopy.request(request.headers(), to.headers());
    forwarded.set(request, to.headers());
    TraceContext.passOrBegin(to.headers());
    to.exceptionHandler(this::upstreamFailed);
    to.response()
        .onComplete(
            result -> {
              if (result.succeeded()) {
                answer(result.result());
              } else {
                upstreamFailed(result.cause());
              }
            });
    if (!hasBody) {
      sentWhole = true;
      to.end();
      request.resume();
      return;
    }
    if (!to.headers().contains("content-length")) {
      to.setChunked(true);
    }
    if ("100-continue".equalsIgnoreCase(request.getHeader("expect"))) {
      awaitContinue(to);
    } else {
      streamRequest(to);
    }
  }

  /**
   * The client waits for a word from upstream before it sends its body; upstreams that say nothing
   * get it anyway.
   */
  private void awaitContinue(HttpClientRequest to) {
    awaitingContinue = true;
    deadline = in(CONTINUE_NANOS);
    to.continueHandler(go -> goOn(to));
    to.sendHead();
  }

  private void goOn(HttpClientRequest to) {
    if (awaitingContinue && phase == Phase.ANSWERING) {
      awaitingContinue = false;
      deadline = in(serve.upstream().timeout().toNanos());
      response.writeContinue();
      streamRequest(to);
    }
  }

  private void streamRequest(HttpClientRequest to) {
    request.handler(
        chunk -> {
          if (phase == Phase.DONE) {
            return;
          }
          record.requestChunk(chunk);
          deadline = in(serve.upstream().timeout().toNanos());
          to.write(chunk);
          if (to.writeQueueFull()) {
            request.pause();
            to.drainHandler(free -> request.resume());
          }
        });
    request.endHandler(
        end -> {
          if (phase != Phase.DONE) {
            sentWhole = true;
            deadline = in(serve.upstream().timeout().toNanos());
            to.end();
          }
        });
    request.resume();
  }

  private void answer(HttpClientResponse from) {
    if (phase != Phase.ANSWERING) {
      return;
    }
    phase = Phase.STREAMING;
    record.answerBegins(from);
    deadline = in(serve.upstream().timeout().toNanos());
    response.setStatusCode(from.statusCode()).setStatusMessage(from.statusMessage());
    HeaderCopy.answer(from.headers(), response.headers());
    if (!sentWhole) {
      // What is left of the client's body cannot be told from a next request for sure: the
      // connection ends here.
      response.putHeader("connection", "close");
    }
    if (!from.headers().contains("content-length")
        && AnswerFraming.hasBody(request.method(), from.statusCode())) {
      if (request.version() == HttpVersion.HTTP_1_0) {
        response.putHeader("connection", "close");
      } else {
        response.setChunked(true);
      }
    }
    from.handler(chunk -> answerChunk(from, chunk));
    from.exceptionHandler(cut -> end(ForwardFailure.CUT_ANSWER));
    from.endHandler(whole -> answered(from));
  }

  private void answerChunk(HttpClientResponse from, Buffer chunk) {
    if (phase != Phase.STREAMING) {
      return;
    }
    record.answerChunk(chunk);
    response.write(chunk);
    if (response.writeQueueFull()) {
      // The client is the slow one now, so the upstream's clock stands still.
      deadline = Deadlines.NEVER;
      from.pause();
      response.drainHandler(
          free -> {
            deadline = in(serve.upstream().timeout().toNanos());
            from.resume();
          });
    } else {
      deadline = in(serve.upstream().timeout().toNanos());
    }
  }

  private void answered(HttpClientResponse from) {
    if (phase != Phase.STREAMING) {
      return;
    }
    done();
    if (response.isChunked() && !from.trailers().isEmpty()) {
      HeaderCopy.answer(from.trailers(), response.trailers());
    }
    response.end();
    if (!sentWhole) {
      resetUpstream();
      request.connection().close();
    }
    observe(record.answered(from));
  }

  private void upstreamFailed(Throwable cause) {
    if (phase == Phase.STREAMING) {
      end(ForwardFailure.CUT_ANSWER);
    } else if (phase == Phase.ANSWERING) {
      ForwardFailure failure = FailureReading.answering(cause);
      if (failure == ForwardFailure.RESET_BEFORE_ANSWER && mayRetry()) {
        retried = true;
        upstream = null;
        connect();
      } else {
        fail(failure);
      }
    }
  }

  /**
   * A kept connection may have been closed by the upstream at the moment it was used: once more is
   * safe, and enough.
   */
  private boolean mayRetry() {
    return !retried && !hasBody && ShadowPolicy.SAFE_METHODS.contains(request.method().name());
  }

  /** Before the head of the answer: the client is told. */
  private void fail(ForwardFailure failure) {
    done();
    resetUpstream();
    ProblemAnswer.refuse(request, failure.refusal());
    observe(record.failed(failure));
  }

  /** After the head of the answer: all that can be done is to cut. */
  private void end(ForwardFailure failure) {
    if (phase == Phase.DONE) {
      return;
    }
    done();
    resetUpstream();
    response.reset();
    observe(record.failed(failure));
  }

  private void clientLeft() {
    if (phase != Phase.DONE) {
      done();
      resetUpstream();
      observe(record.failed(ForwardFailure.CLIENT_LEFT));
    }
  }

  private void done() {
    phase = Phase.DONE;
    shared.ended(this);
  }

  private void resetUpstream() {
    HttpClientRequest to = upstream;
    if (to != null) {
      to.reset();
    }
  }

  private void observe(Observation control) {
    shared.sink.served(record.served(control));
    Decision.Mirror mirror = serve.mirror();
    if (mirror != null) {
      shared.shadows.mirror(serve, mirror, record.copy(), control);
    }
  }

  @Override
  public long deadline() {
    return deadline;
  }

  @Override
  public void expired() {
    switch (phase) {
      case CONNECTING -> fail(ForwardFailure.POOL_FULL);
      case ANSWERING -> {
        HttpClientRequest to = upstream;
        if (awaitingContinue && to != null) {
          goOn(to);
        } else {
          fail(ForwardFailure.ANSWER_TIMEOUT);
        }
      }
      case STREAMING -> end(ForwardFailure.STALLED_ANSWER);
      case DONE -> shared.deadlines.forget(this);
    }
  }

  private static long in(long nanos) {
    return System.nanoTime() + nanos;
  }
}
