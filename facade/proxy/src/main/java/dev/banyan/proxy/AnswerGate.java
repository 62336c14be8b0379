package dev.banyan.proxy;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

/** Lets only answers pass that every client reads the same way (RFC 9112 4 and 6.3). */
final class AnswerGate {
  private AnswerGate() {}

  static boolean passes(int status, MultiMap headers) {
    if (status < 200 || status > 999) {
      return false;
    }
    // Any other coding would be read as a body that ends with the connection.
    String coding = headers.get(HttpHeaders.TRANSFER_ENCODING);
    return coding == null || coding.strip().equalsIgnoreCase("chunked");
  }
}
