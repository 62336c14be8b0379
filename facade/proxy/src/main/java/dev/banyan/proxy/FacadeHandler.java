package dev.banyan.proxy;

import dev.banyan.proxy.edge.EdgeLimits;
import dev.banyan.proxy.edge.RateLimiter;
import dev.banyan.proxy.edge.RefusalReason;
import dev.banyan.rules.Decision;
import dev.banyan.rules.Stickiness;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The way of one request, as a list. Each step is a class of its own; none calls an earlier one.
 */
final class FacadeHandler implements Handler<HttpServerRequest> {
  private final Supplier<Decider> tables;
  private final LoopParts loop;
  private final EdgeLimits limits;
  private final RequestGate gate;
  private final RateGate rates;

  FacadeHandler(Supplier<Decider> tables, LoopParts loop, EdgeLimits limits, RateLimiter limiter) {
    this.rates = new RateGate(limiter, loop.forwarded(), loop.sink());
    this.tables = tables;
    this.loop = loop;
    this.limits = limits;
    this.gate = new RequestGate(limits);
  }

  @Override
  public void handle(HttpServerRequest request) {
    switch (gate.check(request)) { // 1 parse
      case RequestGate.Refusal refusal ->
          refuse(request, refusal.status(), refusal.reason(), refusal.detail());
      case RequestGate.Pass pass -> {
        Decider table = tables.get(); // 2 snapshot
        long ticket = loop.random().nextLong();
        WireHead head = WireHead.of(request, pass.target());
        switch (table.decide(head, ticket)) { // 3 decide
          case Decision.Refuse refuse -> refuse(request, refuse);
          case Decision.Serve serve when rates.admits(request, serve.route()) -> {
            keep(request, serve, head, ticket);
            // 4 tee, 5 send, 6 stream, 7 observe
            new Exchange(loop, request, pass.target(), serve).start();
          }
          case Decision.Serve tooMany -> {}
        }
      }
    }
  }

  /** The answer will carry the cookie that keeps its client on its side; mostly none. */
  private static void keep(
      HttpServerRequest request, Decision.Serve serve, WireHead head, long ticket) {
    Stickiness stickiness = serve.stickiness();
    if (stickiness != null) {
      stickiness
          .setCookie(head, ticket)
          .ifPresent(cookie -> request.response().headers().add("Set-Cookie", cookie));
    }
  }

  private void refuse(HttpServerRequest request, Decision.Refuse refuse) {
    String routeId = refuse.routeId().orElse(null);
    loop.sink().refused(RefusedRequest.of(request, refuse.status(), reason(refuse), routeId));
    Map<String, String> more = routeId == null ? Map.of() : Map.of("route", routeId);
    ProblemAnswer.refuse(request, refuse.status(), refuse.reason(), more);
  }

  private static RefusalReason reason(Decision.Refuse refuse) {
    if (refuse.routeId().isPresent()) {
      return RefusalReason.RULE;
    }
    return refuse.status() == 404 ? RefusalReason.NO_ROUTE : RefusalReason.AMBIGUOUS_PATH;
  }

  /** What the codec could not read. */
  void invalid(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    if (cause instanceof TooLongHttpLineException) {
      String detail = "request line: too long (expected: up to " + limits.line() + " bytes)";
      refuse(request, 414, RefusalReason.LINE_TOO_LONG, detail);
    } else if (cause instanceof TooLongHttpHeaderException) {
      String detail =
          "header section: too large (expected: up to " + limits.headerBytes() + " bytes)";
      refuse(request, 431, RefusalReason.HEADERS_TOO_LARGE, detail);
    } else {
      refuse(request, 400, RefusalReason.NOT_HTTP, "request: not HTTP/1.1");
    }
  }

  private void refuse(HttpServerRequest request, int status, RefusalReason reason, String detail) {
    loop.sink().refused(RefusedRequest.of(request, status, reason, null));
    ProblemAnswer.sendAndClose(request, status, detail, Map.of());
  }
}
