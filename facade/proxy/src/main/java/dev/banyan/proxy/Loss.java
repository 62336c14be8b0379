package dev.banyan.proxy;

import io.vertx.core.http.HttpClientRequest;

/** What is known of a request whose connection or stream ended before its answer began. */
enum Loss {
  /** Nothing was done with it: the upstream said so, or it was never sent (RFC 9113 8.7). */
  UNTAKEN,
  /** The connection had answered before, so it may have been closed between two requests. */
  KEPT,
  /** The upstream may be to blame, and may have done anything. */
  OTHER;

  static Loss of(HttpClientRequest request, Throwable cause) {
    StreamConnection streams = StreamConnection.of(request.connection());
    if (streams != null) {
      return streams.loss(request, cause);
    }
    return AnswerWatch.hasAnswered(request.connection()) ? KEPT : OTHER;
  }
}
