package dev.banyan.proxy;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the facade itself answers: {@code application/problem+json} (RFC 9457). */
final class ProblemAnswer {
  private static final String NO_ANSWER = "The upstream did not answer this request.";
  private static final String TYPE = "application/problem+json";

  private ProblemAnswer() {}

  /** Answers and keeps the connection for the next request. */
  static void send(HttpServerRequest request, int status, String detail, Map<String, String> more) {
    write(request, status, detail, more);
  }

  /** Tells of an upstream's failure, and keeps the connection. */
  static void send(HttpServerRequest request, ForwardFailure failure, String routeId) {
    send(request, failure.status(), NO_ANSWER, more(failure, routeId));
  }

  /** Tells of an upstream's failure, and closes. */
  static void sendAndClose(HttpServerRequest request, ForwardFailure failure, String routeId) {
    sendAndClose(request, failure.status(), NO_ANSWER, more(failure, routeId));
  }

  private static Map<String, String> more(ForwardFailure failure, String routeId) {
    return Map.of("failure", failure.word(), "route", routeId);
  }

  /** Answers and closes: what follows on the connection cannot be told from the request's body. */
  static void sendAndClose(
      HttpServerRequest request, int status, String detail, Map<String, String> more) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return;
    }
    if (Http2.speaks(request)) {
      // Other streams go on; the rest of this one is not wanted (RFC 9113 8.1).
      write(request, status, detail, more);
      response.reset(0);
      return;
    }
    response.headersEndHandler(v -> response.headers().set("Connection", "close"));
    write(request, status, detail, more);
    request.connection().close();
  }

  /** The same, with header fields of its own. */
  static void refuse(
      HttpServerRequest request,
      int status,
      String detail,
      Map<String, String> more,
      Map<String, String> fields) {
    HttpServerResponse response = request.response();
    response.headersEndHandler(v -> fields.forEach(response.headers()::set));
    refuse(request, status, detail, more);
  }

  /** Answers without having read a body: where there may be one, nothing follows it. */
  static void refuse(
      HttpServerRequest request, int status, String detail, Map<String, String> more) {
    boolean bodyless =
        request.getHeader("content-length") == null
            && request.getHeader("transfer-encoding") == null;
    if (bodyless) {
      write(request, status, detail, more);
    } else {
      sendAndClose(request, status, detail, more);
    }
  }

  private static void write(
      HttpServerRequest request, int status, String detail, Map<String, String> more) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return;
    }
    if (Grpc.asks(request)) {
      Grpc.answer(request, status, detail);
      return;
    }
    String title = HttpResponseStatus.valueOf(status).reasonPhrase();
    // A head may have been prepared from an answer that was cut before its first byte went out.
    response.headers().clear();
    response.setStatusCode(status).setStatusMessage(title);
    response.putHeader("Content-Type", TYPE);
    if (status == 405) {
      response.putHeader("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
    }
    response.end(json(status, title, detail, more));
  }

  static String json(int status, String title, @Nullable String detail, Map<String, String> more) {
    StringBuilder out = new StringBuilder(128);
    out.append("{\"type\":\"about:blank\",\"title\":");
    quote(out, title);
    out.append(",\"status\":").append(status);
    if (detail != null) {
      out.append(",\"detail\":");
      quote(out, detail);
    }
    more.forEach(
        (name, value) -> {
          out.append(',');
          quote(out, name);
          out.append(':');
          quote(out, value);
        });
    return out.append('}').toString();
  }

  private static void quote(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < 0x20 || Character.isSurrogate(c)) {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
