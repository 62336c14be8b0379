package dev.banyan.proxy.edge;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Stands first in a new connection's pipeline until it is known what is spoken on it: whoever has
 * not got so far in time (a PROXY header, a TLS handshake, an HTTP/2 preface) goes.
 */
final class Arrival extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = Logger.getLogger(Arrival.class.getName());
  private static final String NAME = "arrival";

  private final EdgeLimits limits;
  private final Refusals refusals;
  private @Nullable ScheduledFuture<?> deadline;

  private Arrival(EdgeLimits limits, Refusals refusals) {
    this.limits = limits;
    this.refusals = refusals;
  }

  static void begin(ChannelPipeline pipeline, EdgeLimits limits, Refusals refusals) {
    pipeline.addFirst(NAME, new Arrival(limits, refusals));
  }

  static void ended(ChannelPipeline pipeline) {
    if (pipeline.get(NAME) != null) {
      pipeline.remove(NAME);
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    deadline =
        context
            .executor()
            .schedule(
                () -> {
                  if (isPlain(context.pipeline())) {
                    refusals.refused(408, RefusalReason.SLOW_HEAD);
                    EdgeAnswer.sendBytesAndLeave(context, 408, RefusalReason.SLOW_HEAD);
                  } else {
                    refusals.refused(0, RefusalReason.SLOW_HEAD);
                    var _ = context.close();
                  }
                },
                limits.headWithin().toMillis(),
                TimeUnit.MILLISECONDS);
  }

  /** Whether the client would understand an answer of HTTP/1. */
  private static boolean isPlain(ChannelPipeline pipeline) {
    return pipeline.get("ssl") == null
        && pipeline.get("proxy-header") == null
        && pipeline.get(Http2ConnectionHandler.class) == null;
  }

  /**
   * Who resets a connection on which nothing has been asked is no news; later on, the server's own
   * handler hears of it, which is not there yet.
   */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof IOException) {
      LOG.log(Level.FINE, "left before the first request", cause);
      var _ = context.close();
    } else {
      context.fireExceptionCaught(cause);
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    cancel();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    cancel();
    super.channelInactive(context);
  }

  private void cancel() {
    ScheduledFuture<?> set = deadline;
    if (set != null) {
      set.cancel(false);
    }
  }
}
