package dev.banyan.proxy;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Refuses what two readers could understand in two ways (RFC 9112 sections 3 and 6). */
final class RequestGate {
  private static final int MAX_METHOD = 32;

  private RequestGate() {}

  /** Why the request is refused, or null if it may pass. */
  static @Nullable Refusal check(HttpServerRequest request) {
    if (request.method() == HttpMethod.CONNECT) {
      return new Refusal(405, "CONNECT is not offered here");
    }
    String method = request.method().name();
    if (method.length() > MAX_METHOD || !isToken(method)) {
      return new Refusal(method.length() > MAX_METHOD ? 501 : 400, "the method is not a known one");
    }
    Refusal target = checkTarget(request.uri(), request.method());
    return target != null ? target : checkHeaders(request);
  }

  private static @Nullable Refusal checkTarget(String target, HttpMethod method) {
    if (target.isEmpty()
        || (target.charAt(0) != '/' && !(target.equals("*") && method == HttpMethod.OPTIONS))) {
      return new Refusal(400, "the request target must begin with a slash");
    }
    for (int i = 0; i < target.length(); i++) {
      char c = target.charAt(i);
      if (c <= ' ' || c == 0x7f || c == '#') {
        return new Refusal(400, "the request target has a character that must be escaped");
      }
    }
    return null;
  }

  private static @Nullable Refusal checkHeaders(HttpServerRequest request) {
    List<String> hosts = request.headers().getAll("host");
    boolean old = request.version() == HttpVersion.HTTP_1_0;
    if (hosts.size() > 1 || (hosts.isEmpty() && !old)) {
      return new Refusal(400, "exactly one Host header is needed");
    }
    if (!hosts.isEmpty() && !isHost(hosts.get(0))) {
      return new Refusal(400, "the Host header is not valid");
    }
    if (request.headers().contains("transfer-encoding")
        && request.headers().contains("content-length")) {
      return new Refusal(400, "Content-Length beside Transfer-Encoding");
    }
    return request.headers().contains("") ? new Refusal(400, "a header has no name") : null;
  }

  private static boolean isHost(String host) {
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      boolean plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!plain && "-._:[]~%".indexOf(c) < 0) {
        return false;
      }
    }
    return !host.isEmpty();
  }

  private static boolean isToken(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!plain && "!#$%&'*+-.^_`|~".indexOf(c) < 0) {
        return false;
      }
    }
    return !text.isEmpty();
  }
}
