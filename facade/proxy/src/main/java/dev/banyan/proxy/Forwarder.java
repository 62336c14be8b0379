package dev.banyan.proxy;

import dev.banyan.rules.Decision;
import io.vertx.core.http.HttpServerRequest;

/** What all requests of one event loop share. */
final class Forwarder {
  final Upstreams upstreams;
  final Deadlines deadlines;
  final ExchangeSink sink;
  final ShadowSender shadows;
  private int running;

  Forwarder(Upstreams upstreams, Deadlines deadlines, ExchangeSink sink, ShadowSender shadows) {
    this.upstreams = upstreams;
    this.deadlines = deadlines;
    this.sink = sink;
    this.shadows = shadows;
  }

  void forward(
      HttpServerRequest request, Decision.Serve serve, ForwardedHeaders forwarded, boolean last) {
    if (last) {
      request.response().putHeader("connection", "close");
    }
    Forwarding forwarding = new Forwarding(this, request, serve, forwarded);
    running++;
    deadlines.watch(forwarding);
    forwarding.start();
  }

  void ended(Forwarding forwarding) {
    running--;
    deadlines.forget(forwarding);
  }

  int running() {
    return running;
  }
}
