package dev.banyan.proxy.edge;

import io.netty.channel.ChannelPipeline;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;

/** The guarded connections of one event loop, looked at one after the other. */
public final class GuardRound {
  private final EdgeLimits limits;
  private final Refusals refusals;
  private final Set<LineGuard> guards = new HashSet<>();

  public GuardRound(EdgeLimits limits, Refusals refusals) {
    this.limits = limits;
    this.refusals = refusals;
  }

  /** How often {@link #look} is to be called: short deadlines want a closer look. */
  public long everyMillis() {
    long shortest = Math.min(limits.headWithin().toMillis(), limits.rateGrace().toMillis());
    return Math.clamp(shortest / 4, 20, 500);
  }

  /** Guards a connection from now on; HTTP/2 has limits of its own. */
  public void guard(HttpConnection connection) {
    if (connection instanceof ConnectionBase base) {
      ChannelPipeline pipeline = base.channel().pipeline();
      Arrival.ended(pipeline);
      if (pipeline.get("httpDecoder") != null && pipeline.get("httpEncoder") != null) {
        LineGuard guard = new LineGuard(limits, refusals, this);
        if (pipeline.get("h2c") != null) {
          guard.afterFirstHead();
        }
        pipeline.addBefore("httpDecoder", "head-watch", new HeadWatch(guard));
        pipeline.addAfter("httpEncoder", "line-guard", guard);
      }
    }
  }

  void add(LineGuard guard) {
    guards.add(guard);
  }

  void remove(LineGuard guard) {
    guards.remove(guard);
  }

  /** Looks at all of them. */
  public void look() {
    if (guards.isEmpty()) {
      return;
    }
    long now = System.nanoTime();
    // A copy: who is refused goes away.
    for (LineGuard guard : new ArrayList<>(guards)) {
      guard.check(now);
    }
  }
}
