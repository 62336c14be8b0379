package dev.banyan.proxy;

import dev.banyan.rules.Decision;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import java.util.SplittableRandom;

/**
 * One request's way through the facade.
 *
 * <ol>
 *   <li>parse: nothing ambiguous passes
 *   <li>snapshot and decide: one read of the live table, kept to the end of the request
 *   <li>tee, send, stream, observe: {@link Forwarding}, on this event loop
 * </ol>
 */
final class FacadeHandler implements Handler<HttpServerRequest> {
  private final Decider decider;
  private final ForwardedHeaders forwarded;
  private final Forwarder forwarder;

  /** Draws canaries and samples; one per event loop, seeded apart. */
  private final SplittableRandom tickets = new SplittableRandom();

  private boolean draining;

  FacadeHandler(Decider decider, ForwardedHeaders forwarded, Forwarder forwarder) {
    this.decider = decider;
    this.forwarded = forwarded;
    this.forwarder = forwarder;
  }

  @Override
  public void handle(HttpServerRequest request) {
    Refusal refusal = RequestGate.check(request);
    if (refusal != null) {
      ProblemAnswer.refuse(request, refusal);
      return;
    }

    switch (decider.decide(new ServerRequestHead(request), tickets.nextLong())) {
      case Decision.Refuse refuse ->
          ProblemAnswer.refuse(request, new Refusal(refuse.status(), refuse.reason()));
      case Decision.Serve serve -> forwarder.forward(request, serve, forwarded, draining);
    }
  }

  /** From now on every answer closes its connection. */
  void refuseNewConnections() {
    draining = true;
  }

  int running() {
    return forwarder.running();
  }
}
