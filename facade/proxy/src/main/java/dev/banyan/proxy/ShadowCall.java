package dev.banyan.proxy;

import dev.banyan.parity.Body;
import dev.banyan.parity.Headers;
import dev.banyan.parity.Observation;
import dev.banyan.parity.RequestCopy;
import dev.banyan.rules.Decision;
import dev.banyan.rules.ShadowPolicy;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One copy under way. Holds no reference to the live exchange, so nothing that happens here can
 * reach it.
 */
final class ShadowCall implements Deadlines.Expiring {
  private static final Set<String> CREDENTIALS =
      Set.of("authorization", "proxy-authorization", "cookie");

  private final ShadowSender sender;
  private final Decision.Serve serve;
  private final Decision.Mirror mirror;
  private final RequestCopy request;
  private final Observation control;
  private final BodyTee tee;
  private final long start = System.nanoTime();
  private final long deadline;
  private long held;
  private long firstByte;
  private boolean done;
  private @Nullable HttpClientRequest upstream;

  ShadowCall(
      ShadowSender sender,
      Decision.Serve serve,
      Decision.Mirror mirror,
      RequestCopy request,
      Observation control,
      long held) {
    this.sender = sender;
    this.serve = serve;
    this.mirror = mirror;
    this.request = request;
    this.control = control;
    this.held = held;
    this.tee = new BodyTee(mirror.policy().maxBody());
    this.deadline = start + mirror.policy().timeout().toNanos();
  }

  void start() {
    sender.deadlines.watch(this);
    sender
        .upstreams
        .request(mirror.upstream(), HttpMethod.valueOf(request.method()), request.target())
        .onComplete(
            result -> {
              if (done) {
                if (result.succeeded()) {
                  result.result().reset();
                }
              } else if (result.failed()) {
                fail(FailureReading.connecting(result.cause()));
              } else {
                send(result.result());
              }
            });
  }

  private void send(HttpClientRequest to) {
    upstream = to;
    headers(to.headers());
    to.exceptionHandler(cause -> fail(FailureReading.answering(cause)));
    to.response()
        .onComplete(
            result -> {
              if (result.succeeded()) {
                answer(result.result());
              } else {
                fail(FailureReading.answering(result.cause()));
              }
            });
    byte[] body = ((Body.Whole) request.body()).bytes();
    if (body.length == 0) {
      to.end();
    } else {
      to.putHeader("content-length", Integer.toString(body.length));
      to.end(Buffer.buffer(body));
    }
  }

  private void headers(MultiMap to) {
    boolean forward = mirror.policy().credentials() == ShadowPolicy.Credentials.FORWARD;
    String parent = null;
    for (Headers.Field field : request.headers().fields()) {
      String name = field.name().toLowerCase(Locale.ROOT);
      if (name.equals("traceparent")) {
        parent = field.value();
      } else if (!ForwardedHeaders.NAMES.contains(name)
          && !name.equals("expect")
          && (forward || !CREDENTIALS.contains(name))) {
        to.add(field.name(), field.value());
      }
    }
    to.set("traceparent", TraceContext.child(parent));
    to.set(HeaderCopy.SHADOW_MARK, "1");
  }

  private void answer(HttpClientResponse from) {
    if (done) {
      return;
    }
    firstByte = System.nanoTime();
    from.handler(
        chunk -> {
          if (done) {
            return;
          }
          tee.add(chunk);
          if (tee.overflowed()) {
            // Enough is known; the rest of it would only cost.
            answered(from);
          } else if (sender.budget.hold(chunk.length())) {
            held += chunk.length();
          } else {
            finish();
            sender.skip(serve, "bytes-full");
          }
        });
    from.exceptionHandler(cut -> fail(ForwardFailure.CUT_ANSWER));
    from.endHandler(whole -> answered(from));
  }

  private void answered(HttpClientResponse from) {
    if (done) {
      return;
    }
    Observation candidate =
        new Observation.Answered(
            from.statusCode(),
            HeaderCopy.kept(from.headers()),
            tee.body(),
            tee.overflowed() ? Headers.NONE : HeaderCopy.kept(from.trailers()),
            Duration.ofNanos(firstByte - start),
            Duration.ofNanos(System.nanoTime() - start));
    if (tee.overflowed()) {
      finish();
    } else {
      leave();
    }
    pair(candidate);
  }

  private void fail(ForwardFailure failure) {
    if (!done) {
      finish();
      pair(new Observation.Failed(failure.word(), Duration.ofNanos(System.nanoTime() - start)));
    }
  }

  private void pair(Observation candidate) {
    sender.sink.shadowed(new ShadowedExchange.Pair(serve, request, control, candidate));
  }

  /** Ends with the connection: what still comes on it is not wanted. */
  private void finish() {
    leave();
    HttpClientRequest to = upstream;
    if (to != null) {
      to.reset();
    }
  }

  private void leave() {
    done = true;
    sender.deadlines.forget(this);
    sender.budget.leave(held);
  }

  @Override
  public long deadline() {
    return deadline;
  }

  @Override
  public void expired() {
    fail(upstream == null ? ForwardFailure.CONNECT_TIMEOUT : ForwardFailure.ANSWER_TIMEOUT);
  }
}
