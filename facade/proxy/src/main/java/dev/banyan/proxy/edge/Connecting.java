package dev.banyan.proxy.edge;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Stands in the pipeline of a connection to an upstream until it is connected: what fails before is
 * told to who connects, by the failed attempt, and is no news to the log.
 */
@Sharable
final class Connecting extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = Logger.getLogger(Connecting.class.getName());
  private static final Connecting ONE = new Connecting();

  private Connecting() {}

  static ChannelFactory<Channel> watch(ChannelFactory<? extends Channel> sockets) {
    return () -> {
      Channel channel = sockets.newChannel();
      channel.pipeline().addLast("connecting", ONE);
      return channel;
    };
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    context.fireChannelActive();
    context.pipeline().remove(this);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LOG.log(Level.FINE, "failed before it was connected", cause);
  }
}
