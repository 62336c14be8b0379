package dev.banyan.proxy;

import dev.banyan.proxy.edge.RateLimiter;
import dev.banyan.proxy.edge.RefusalReason;
import dev.banyan.rules.RateLimit;
import dev.banyan.rules.Route;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Holds routes to their rate limits: 429 with {@code Retry-After}, {@code RateLimit} and {@code
 * RateLimit-Policy} (draft-ietf-httpapi-ratelimit-headers-10).
 */
final class RateGate {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final RateLimiter limiter;
  private final ForwardedHeaders forwarded;
  private final GuardedSink sink;

  RateGate(RateLimiter limiter, ForwardedHeaders forwarded, GuardedSink sink) {
    this.limiter = limiter;
    this.forwarded = forwarded;
    this.sink = sink;
  }

  /** Whether the request may go on; one that may not is answered. */
  boolean admits(HttpServerRequest request, Route route) {
    RateLimit limit = route.rateLimit();
    if (limit == null) {
      return true;
    }
    long wait = limiter.take(route.id(), limit, key(request, limit), System.nanoTime());
    if (wait == 0) {
      return true;
    }
    sink.refused(RefusedRequest.of(request, 429, RefusalReason.RATE_LIMIT, route.id()));
    long seconds = up(wait);
    // The bucket holds its burst, and is full again after so long.
    long window = up(limit.nanosPerRequest() * limit.burst());
    ProblemAnswer.refuse(
        request,
        429,
        "too many requests on this route",
        Map.of("route", route.id()),
        Map.of(
            "Retry-After", Long.toString(seconds),
            "RateLimit-Policy", "\"" + route.id() + "\";q=" + limit.burst() + ";w=" + window,
            "RateLimit", "\"" + route.id() + "\";r=0;t=" + seconds));
    return false;
  }

  private String key(HttpServerRequest request, RateLimit limit) {
    return switch (limit.per()) {
      case ROUTE -> "";
      case ADDRESS -> forwarded.client(request);
      case HEADER -> {
        String header = limit.header();
        String value = header == null ? null : request.getHeader(header);
        yield value == null ? "" : value;
      }
    };
  }

  private static long up(long nanos) {
    return Math.max(1, (nanos + SECOND - 1) / SECOND);
  }
}
