package dev.banyan.proxy.edge;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Takes the PROXY header (version 1 or 2) with which a trusted proxy says whose connection it
 * passes on. The header comes first and must come; a connection without one is closed.
 */
final class ProxyHeader extends ChannelInboundHandlerAdapter {
  private final Refusals refusals;

  private ProxyHeader(Refusals refusals) {
    this.refusals = refusals;
  }

  static void expect(ChannelPipeline pipeline, Refusals refusals) {
    pipeline.addLast("proxy-header-codec", new HAProxyMessageDecoder());
    pipeline.addLast("proxy-header", new ProxyHeader(refusals));
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (!(message instanceof HAProxyMessage header)) {
      context.fireChannelRead(message);
      return;
    }
    HAProxyProxiedProtocol protocol = header.proxiedProtocol();
    boolean inet =
        protocol == HAProxyProxiedProtocol.TCP4 || protocol == HAProxyProxiedProtocol.TCP6;
    // A health check of the proxy itself says LOCAL; its own address stands.
    if (header.command() == HAProxyCommand.PROXY && inet) {
      context
          .channel()
          .attr(ConnectionBase.REMOTE_ADDRESS_OVERRIDE)
          .set(SocketAddress.inetSocketAddress(header.sourcePort(), header.sourceAddress()));
    }
    header.release();
    context.pipeline().remove(this);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    refusals.refused(0, RefusalReason.PROXY_PROTOCOL);
    var _ = context.close();
  }
}
