package dev.banyan.proxy;

import dev.banyan.rules.Decision;
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

  FacadeHandler(Supplier<Decider> tables, LoopParts loop) {
    this.tables = tables;
    this.loop = loop;
  }

  @Override
  public void handle(HttpServerRequest request) {
    switch (RequestGate.check(request)) { // 1 parse
      case RequestGate.Refusal refusal ->
          ProblemAnswer.sendAndClose(request, refusal.status(), refusal.detail(), Map.of());
      case RequestGate.Pass pass -> {
        Decider table = tables.get(); // 2 snapshot
        long ticket = loop.random().nextLong();
        switch (table.decide(WireHead.of(request, pass.target()), ticket)) { // 3 decide
          case Decision.Refuse refuse -> refuse(request, refuse);
          case Decision.Serve serve -> // 4 tee, 5 send, 6 stream, 7 observe
              new Exchange(loop, request, pass.target(), serve).start();
        }
      }
    }
  }

  private static void refuse(HttpServerRequest request, Decision.Refuse refuse) {
    Map<String, String> more = refuse.routeId().map(id -> Map.of("route", id)).orElse(Map.of());
    boolean bodyless =
        request.getHeader("content-length") == null
            && request.getHeader("transfer-encoding") == null;
    if (bodyless) {
      ProblemAnswer.send(request, refuse.status(), refuse.reason(), more);
    } else {
      ProblemAnswer.sendAndClose(request, refuse.status(), refuse.reason(), more);
    }
  }

  /** What the codec could not read. */
  static void invalid(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    if (cause instanceof TooLongHttpLineException) {
      ProblemAnswer.sendAndClose(
          request, 414, "request line: too long (expected: up to 16 kB)", Map.of());
    } else if (cause instanceof TooLongHttpHeaderException) {
      ProblemAnswer.sendAndClose(
          request, 431, "header section: too large (expected: up to 64 kB)", Map.of());
    } else {
      ProblemAnswer.sendAndClose(request, 400, "request: not HTTP/1.1", Map.of());
    }
  }
}
