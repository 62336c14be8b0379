package dev.banyan.proxy;

import dev.banyan.parity.Body;
import dev.banyan.parity.Observation;
import dev.banyan.parity.RequestCopy;
import dev.banyan.rules.Decision;
import org.jspecify.annotations.Nullable;

/**
 * Sends copies to the other side, after the client has been served: own connections, own deadline,
 * bounded in count and bytes. What does not fit is skipped and told, with its reason.
 */
final class ShadowSender {
  final Upstreams upstreams;
  final Deadlines deadlines;
  final ShadowBudget budget;
  final ExchangeSink sink;

  ShadowSender(Upstreams upstreams, Deadlines deadlines, ShadowBudget budget, ExchangeSink sink) {
    this.upstreams = upstreams;
    this.deadlines = deadlines;
    this.budget = budget;
    this.sink = sink;
  }

  void mirror(
      Decision.Serve serve,
      Decision.Mirror mirror,
      @Nullable RequestCopy request,
      Observation control) {
    if (control instanceof Observation.Failed failed) {
      boolean left = failed.failure().equals(ForwardFailure.CLIENT_LEFT.word());
      skip(serve, left ? "client-left" : "control-failed");
      return;
    }
    if (request == null || !(request.body() instanceof Body.Whole sent)) {
      skip(serve, "request-too-large");
      return;
    }
    if (!(((Observation.Answered) control).body() instanceof Body.Whole answered)) {
      skip(serve, "answer-too-large");
      return;
    }
    if (!budget.enter()) {
      skip(serve, "in-flight-full");
      return;
    }
    long held = (long) sent.bytes().length + answered.bytes().length;
    if (!budget.hold(held)) {
      budget.leave(0);
      skip(serve, "bytes-full");
      return;
    }
    new ShadowCall(this, serve, mirror, request, control, held).start();
  }

  void skip(Decision.Serve serve, String reason) {
    sink.shadowed(new ShadowedExchange.Skipped(serve, reason));
  }
}
