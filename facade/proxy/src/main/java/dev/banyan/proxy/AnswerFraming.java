package dev.banyan.proxy;

import io.vertx.core.http.HttpMethod;

/** Which answers have a body (RFC 9112 section 6.3). */
final class AnswerFraming {
  private AnswerFraming() {}

  static boolean hasBody(HttpMethod method, int status) {
    return method != HttpMethod.HEAD && status >= 200 && status != 204 && status != 304;
  }
}
