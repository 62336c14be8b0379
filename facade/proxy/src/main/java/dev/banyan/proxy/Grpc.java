package dev.banyan.proxy;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What gRPC wants said in its own way: failures as a status in the head ("Trailers-Only"), and the
 * client's deadline. See the protocol's description, "gRPC over HTTP2".
 */
final class Grpc {
  private static final String TYPE = "application/grpc";
  private static final int MAX_DIGITS = 8;

  private Grpc() {}

  static boolean asks(HttpServerRequest request) {
    if (!Http2.speaks(request)) {
      return false;
    }
    String type = request.getHeader("content-type");
    return type != null && type.startsWith(TYPE);
  }

  /** Answers in place of a problem document. */
  static void answer(HttpServerRequest request, int status, String detail) {
    HttpServerResponse response = request.response();
    response.headers().clear();
    response
        .setStatusCode(200)
        .putHeader("content-type", TYPE)
        .putHeader("grpc-status", Integer.toString(code(status)))
        .putHeader("grpc-message", percent(detail));
    response.end();
  }

  /**
   * The mapping of "HTTP to gRPC Status Code Mapping", but that a time-out is no invitation to try
   * again.
   */
  private static int code(int status) {
    return switch (status) {
      case 401 -> 16; // UNAUTHENTICATED
      case 403 -> 7; // PERMISSION_DENIED
      case 404, 405, 410 -> 12; // UNIMPLEMENTED
      case 413, 414, 431 -> 8; // RESOURCE_EXHAUSTED
      case 429, 502, 503 -> 14; // UNAVAILABLE
      case 504 -> 4; // DEADLINE_EXCEEDED
      default -> 13; // INTERNAL
    };
  }

  private static String percent(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (b < ' ' || b > '~' || b == '%') {
        out.append('%').append(hex(b >> 4)).append(hex(b));
      } else {
        out.append((char) b);
      }
    }
    return out.toString();
  }

  private static char hex(int value) {
    return Character.toUpperCase(Character.forDigit(value & 15, 16));
  }

  /** When the client stops waiting, as {@link System#nanoTime}; 0 where it does not say. */
  static long deadline(HttpServerRequest request, long began) {
    if (!asks(request)) {
      return 0;
    }
    long allowed = nanos(request.getHeader("grpc-timeout"));
    return allowed <= 0 ? 0 : began + allowed;
  }

  /** At most eight digits and a unit; anything else is for the upstream to judge. */
  static long nanos(@Nullable String timeout) {
    int digits = timeout == null ? 0 : timeout.length() - 1;
    if (timeout == null || digits < 1 || digits > MAX_DIGITS) {
      return 0;
    }
    long amount = 0;
    for (int i = 0; i < digits; i++) {
      char c = timeout.charAt(i);
      if (c < '0' || c > '9') {
        return 0;
      }
      amount = 10 * amount + (c - '0');
    }
    return switch (timeout.charAt(digits)) {
      case 'H' -> TimeUnit.HOURS.toNanos(amount);
      case 'M' -> TimeUnit.MINUTES.toNanos(amount);
      case 'S' -> TimeUnit.SECONDS.toNanos(amount);
      case 'm' -> TimeUnit.MILLISECONDS.toNanos(amount);
      case 'u' -> TimeUnit.MICROSECONDS.toNanos(amount);
      case 'n' -> amount;
      default -> 0;
    };
  }
}
