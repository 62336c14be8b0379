package dev.banyan.proxy;

import dev.banyan.proxy.edge.GuardRound;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.timeout.IdleStateEvent;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Keeps a connection on which nothing moves as long as an upstream is waited for on it: there the
 * route's deadline rules, and not how long a client may be silent. One for an event loop.
 */
@Sharable
final class IdleRule extends ChannelInboundHandlerAdapter {
  private static final String NAME = "idle-rule";

  private final Deadlines deadlines;

  IdleRule(Deadlines deadlines) {
    this.deadlines = deadlines;
  }

  /** Puts the rule between the clock and the server that would close. */
  void on(HttpConnection connection) {
    if (connection instanceof ConnectionBase base) {
      var pipeline = base.channel().pipeline();
      if (pipeline.get("idle") != null && pipeline.get(NAME) == null) {
        pipeline.addAfter("idle", NAME, this);
      }
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    boolean kept =
        event instanceof IdleStateEvent
            && !GuardRound.isBetweenRequests(context.pipeline())
            && deadlines.awaitUpstreamFor(context.channel());
    if (!kept) {
      context.fireUserEventTriggered(event);
    }
  }
}
