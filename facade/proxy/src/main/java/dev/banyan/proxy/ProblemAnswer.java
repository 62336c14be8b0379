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

  /**
   * Tells of an upstream's failure.
   *
   * @param retryAfter seconds; 0 where nothing is known
   * @param closes whether a body that was not read makes it the last answer of its connection
   */
  static void send(
      HttpServerRequest request,
      ForwardFailure failure,
      String routeId,
      int retryAfter,
      boolean closes) {
    Map<String, String> more = more(failure, routeId);
    Map<String, String> fields =
        retryAfter == 0 ? Map.of() : Map.of("Retry-After", Integer.toString(retryAfter));
    if (closes) {
      sendAndClose(request, failure.status(), NO_ANSWER, more, fields);
    } else {
      write(request, failure.status(), NO_ANSWER, more, fields);
    }
  }

  private static Map<String, String> more(ForwardFailure failure, String routeId) {
    return Map.of("failure", failure.word(), "route", routeId);
  }

  /** Answers and closes: what follows on the connection cannot be told from the request's body. */
  static void sendAndClose(
      HttpServerRequest request, int status, String detail, Map<String, String> more) {
    sendAndClose(request, status, detail, more, Map.of());
  }

  private static void sendAndClose(
      HttpServerRequest request,
      int status,
      String detail,
      Map<String, String> more,
      Map<String, String> fields) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return;
    }
    if (Http2.speaks(request)) {
      // Other streams go on.
      write(request, status, detail, more, fields);
      response.reset(Http2.NO_ERROR);
      return;
    }
    response.headersEndHandler(v -> response.headers().set("Connection", "close"));
    write(request, status, detail, more, fields);
    // The edge lets a client that still sends read its answer first.
    request.connection().close();
  }

  /** Answers without having read a body: where there may be one, nothing follows it. */
  static void refuse(
      HttpServerRequest request, int status, String detail, Map<String, String> more) {
    refuse(request, status, detail, more, Map.of());
  }

  /** The same, with header fields of its own. */
  static void refuse(
      HttpServerRequest request,
      int status,
      String detail,
      Map<String, String> more,
      Map<String, String> fields) {
    if (isBodyless(request)) {
      write(request, status, detail, more, fields);
    } else {
      sendAndClose(request, status, detail, more, fields);
    }
  }

  private static boolean isBodyless(HttpServerRequest request) {
    return Http2.speaks(request)
        ? Http2.endsWithHead(request)
        : request.getHeader("content-length") == null
            && request.getHeader("transfer-encoding") == null;
  }

  private static void write(
      HttpServerRequest request,
      int status,
      String detail,
      Map<String, String> more,
      Map<String, String> fields) {
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
    fields.forEach(response.headers()::set);
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
