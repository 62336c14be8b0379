package dev.banyan.proxy.edge;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import java.util.concurrent.TimeUnit;

/**
 * Ends a connection of HTTP/2 to an upstream whose SETTINGS do not come within the connect timeout
 * (RFC 9113 3.4): vertx-core would wait for ever, and count it among the connections there may be.
 * Vertx-core takes every handler out when the connection stands, with TLS where it is wanted, and
 * puts in its codec: then the time begins.
 */
@Sharable
final class PrefaceDeadline extends ChannelInboundHandlerAdapter {
  private static final PrefaceDeadline ONE = new PrefaceDeadline();

  private PrefaceDeadline() {}

  static ChannelFactory<Channel> watch(ChannelFactory<? extends Channel> sockets) {
    return () -> {
      Channel channel = sockets.newChannel();
      channel.pipeline().addLast("preface-deadline", ONE);
      return channel;
    };
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    Channel channel = context.channel();
    if (channel.isActive()) {
      int millis = channel.config().getConnectTimeoutMillis();
      var _ =
          channel.eventLoop().schedule(() -> check(channel, millis), millis, TimeUnit.MILLISECONDS);
    }
  }

  private static void check(Channel channel, int millis) {
    Http2ConnectionHandler codec = channel.pipeline().get(Http2ConnectionHandler.class);
    if (codec != null && !codec.decoder().prefaceReceived()) {
      channel
          .pipeline()
          .fireExceptionCaught(
              Http2Exception.connectionError(
                  Http2Error.SETTINGS_TIMEOUT,
                  "SETTINGS of %s: none after %d ms (expected: at once)",
                  channel.remoteAddress(),
                  millis));
    }
  }
}
