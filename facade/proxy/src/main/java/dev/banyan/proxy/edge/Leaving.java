package dev.banyan.proxy.edge;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The end of a connection that has carried its last answer, while the client may still be sending:
 * nothing more is said, and what comes is read and thrown away for a while. Closed at once, the
 * kernel would answer the unread bytes with a reset, and the client lose its answer (RFC 9112 9.6).
 */
final class Leaving extends ChannelInboundHandlerAdapter {
  private static final String NAME = "leaving";

  /** Who has sent nothing for so long has read what there was. */
  private static final long QUIET_MILLIS = 1_000;

  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long MOST_BYTES = 16L << 20;

  private final ChannelFuture last;
  private final long begun = System.nanoTime();
  private long thrownAway;
  private boolean moved;
  private @Nullable ScheduledFuture<?> look;

  private Leaving(ChannelFuture last) {
    this.last = last;
  }

  /** To be called on the event loop, when the last answer is with the kernel. */
  static void begin(Channel channel) {
    begin(channel, channel.newSucceededFuture());
  }

  /**
   * To be called on the event loop.
   *
   * @param last done when the last answer is with the kernel; not waited for beyond the whole time
   */
  static void begin(Channel channel, ChannelFuture last) {
    if (!channel.isActive() || !(channel instanceof DuplexChannel)) {
      var _ = channel.close();
    } else if (!isBegun(channel.pipeline())) {
      channel.pipeline().addFirst(NAME, new Leaving(last));
    }
  }

  /** Whether it closes by itself, and soon. */
  static boolean isBegun(ChannelPipeline pipeline) {
    return pipeline.get(NAME) != null;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext at) {
    var _ = last.addListener(sent -> sayGoodbye(at));
    at.channel().config().setAutoRead(true);
    lookLater(at);
  }

  private static void sayGoodbye(ChannelHandlerContext at) {
    SslHandler tls = at.pipeline().get(SslHandler.class);
    if (tls == null) {
      shutOutput(at);
    } else {
      // Without its close_notify an answer that ends with the connection would look cut.
      var _ = tls.closeOutbound().addListener(said -> shutOutput(at));
    }
  }

  private static void shutOutput(ChannelHandlerContext at) {
    if (at.channel() instanceof DuplexChannel duplex && duplex.isActive()) {
      var _ = duplex.shutdownOutput();
    }
  }

  private void lookLater(ChannelHandlerContext at) {
    look = at.executor().schedule(() -> look(at), QUIET_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void look(ChannelHandlerContext at) {
    boolean quiet = !moved && last.isDone();
    if (quiet || isOver()) {
      var _ = at.close();
    } else {
      moved = false;
      lookLater(at);
    }
  }

  private boolean isOver() {
    return thrownAway > MOST_BYTES || System.nanoTime() - begun > LONGEST_NANOS;
  }

  @Override
  public void channelRead(ChannelHandlerContext at, Object message) {
    thrownAway += message instanceof ByteBuf bytes ? bytes.readableBytes() : 0;
    ReferenceCountUtil.release(message);
    moved = true;
    if (isOver()) {
      var _ = at.close();
    }
  }

  /** A client that resets has left; anything else is about a conversation that is over. */
  @Override
  public void exceptionCaught(ChannelHandlerContext at, Throwable cause) {
    if (cause instanceof IOException) {
      var _ = at.close();
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext at) {
    ScheduledFuture<?> set = look;
    if (set != null) {
      set.cancel(false);
    }
  }
}
