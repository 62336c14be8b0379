package dev.banyan.proxy;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/** Answers of the facade itself: RFC 9457 problem documents. */
final class ProblemAnswer {
  private ProblemAnswer() {}

  /**
   * Refuses before anything was forwarded; a body that is still coming ends with the connection.
   */
  static void refuse(HttpServerRequest request, Refusal refusal) {
    if (request.isEnded()) {
      write(request.response(), refusal);
    } else if (hasBody(request)) {
      refuseAndClose(request, refusal);
    } else {
      write(request.response(), refusal);
      request.resume();
    }
  }

  static void refuseAndClose(HttpServerRequest request, Refusal refusal) {
    request.response().putHeader("connection", "close");
    write(request.response(), refusal);
    request.connection().close();
  }

  static void write(HttpServerResponse response, Refusal refusal) {
    String title = HttpResponseStatus.valueOf(refusal.status()).reasonPhrase();
    response
        .setStatusCode(refusal.status())
        .putHeader("content-type", "application/problem+json")
        .putHeader("cache-control", "no-store")
        .end(
            new JsonObject()
                .put("type", "about:blank")
                .put("title", title)
                .put("status", refusal.status())
                .put("detail", refusal.detail())
                .encode());
  }

  static boolean hasBody(HttpServerRequest request) {
    String length = request.getHeader("content-length");
    return request.headers().contains("transfer-encoding")
        || (length != null && !length.equals("0"));
  }
}
