package dev.banyan.proxy;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpServerRequest;

/** Answers what could not be decoded as a request. */
final class InvalidRequests {
  private InvalidRequests() {}

  static void answer(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    Refusal refusal =
        switch (cause) {
          case TooLongHttpLineException line -> new Refusal(414, "the request line is too long");
          case TooLongHttpHeaderException header -> new Refusal(431, "the headers are too large");
          case null, default -> new Refusal(400, "this is not a valid HTTP request");
        };
    ProblemAnswer.refuseAndClose(request, refusal);
  }
}
