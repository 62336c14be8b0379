package dev.banyan.proxy;

import dev.banyan.parity.Body;
import dev.banyan.parity.Headers;
import dev.banyan.parity.Observation;
import dev.banyan.parity.RequestCopy;
import dev.banyan.rules.Decision;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of one exchange: times always, headers and bodies only where the decision captures.
 */
final class ExchangeRecord {
  private final HttpServerRequest request;
  private final Decision.Serve serve;
  private final long start = System.nanoTime();
  private final @Nullable BodyTee requestTee;
  private final @Nullable BodyTee answerTee;
  private final @Nullable Headers requestHeaders;
  private long firstByte;

  ExchangeRecord(HttpServerRequest request, Decision.Serve serve) {
    this.request = request;
    this.serve = serve;
    boolean captures = serve.captures();
    requestTee = captures ? new BodyTee(serve.maxBody()) : null;
    answerTee = captures ? new BodyTee(serve.maxBody()) : null;
    requestHeaders = captures ? HeaderCopy.kept(request.headers()) : null;
  }

  void requestChunk(Buffer chunk) {
    if (requestTee != null) {
      requestTee.add(chunk);
    }
  }

  void answerBegins(HttpClientResponse from) {
    firstByte = System.nanoTime();
  }

  void answerChunk(Buffer chunk) {
    if (answerTee != null) {
      answerTee.add(chunk);
    }
  }

  Observation answered(HttpClientResponse from) {
    Duration untilFirstByte = Duration.ofNanos(firstByte - start);
    Duration all = Duration.ofNanos(System.nanoTime() - start);
    return answerTee == null
        ? new Observation.Answered(
            from.statusCode(), Headers.NONE, new Body.NotKept(), Headers.NONE, untilFirstByte, all)
        : new Observation.Answered(
            from.statusCode(),
            HeaderCopy.kept(from.headers()),
            answerTee.body(),
            HeaderCopy.kept(from.trailers()),
            untilFirstByte,
            all);
  }

  Observation failed(ForwardFailure failure) {
    return new Observation.Failed(failure.word(), Duration.ofNanos(System.nanoTime() - start));
  }

  ServedExchange served(Observation control) {
    return new ServedExchange(serve, control, copy());
  }

  /** The request as a value, where the decision captures. */
  @Nullable RequestCopy copy() {
    return requestHeaders == null || requestTee == null
        ? null
        : new RequestCopy(
            request.method().name(), request.uri(), requestHeaders, requestTee.body());
  }
}
