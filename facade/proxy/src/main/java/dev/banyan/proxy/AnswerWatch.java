package dev.banyan.proxy;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.List;

/**
 * Sits on one upstream connection. Counts its answers, since only a connection that has given one
 * can have been closed by keep-alive; and drops interim answers other than 100 and 103, which
 * vertx-core would take for final ones (RFC 9110 15.2 lets a client ignore them). More than a
 * thousand before one answer end the connection.
 */
final class AnswerWatch extends ChannelInboundHandlerAdapter {
  private static final int MOST_INTERIMS = 1000;

  private final long retiresAt;
  private int answers;
  private int interims;
  private boolean interim;
  private boolean flooded;

  private AnswerWatch(long retiresAt) {
    this.retiresAt = retiresAt;
  }

  /**
   * @param retiresAt when the connection serves no other request, so that an upstream whose name
   *     has moved is followed however busy it is
   */
  static void on(HttpConnection connection, long retiresAt) {
    if (connection instanceof ConnectionBase base && !Http2.isSpokenOn(connection)) {
      ChannelHandlerContext last = base.channelHandlerContext();
      last.pipeline()
          .addBefore(last.name(), AnswerWatch.class.getName(), new AnswerWatch(retiresAt));
    }
  }

  /** Whether the connection has answered before. */
  static boolean hasAnswered(HttpConnection connection) {
    if (!(connection instanceof ConnectionBase base)) {
      return false;
    }
    AnswerWatch watch = base.channel().pipeline().get(AnswerWatch.class);
    return watch != null && watch.answers > 0;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpResponse head) {
      if (head.status().code() < 200 && ++interims > MOST_INTERIMS) {
        flooded = true;
        var _ = context.close();
      }
      interim = isInterim(head);
      if (!interim && head.status().code() >= 200) {
        answers++;
        interims = 0;
        if (System.nanoTime() - retiresAt > 0) {
          retire(head.headers());
        }
      }
    }
    if (!interim && !flooded) {
      context.fireChannelRead(message);
      return;
    }
    interim = !(message instanceof LastHttpContent);
    ReferenceCountUtil.release(message);
  }

  /** As if the upstream had said that this is the last answer here: goes no further than here. */
  private static void retire(HttpHeaders headers) {
    List<String> said = headers.getAll(HttpHeaderNames.CONNECTION);
    headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    headers.add(HttpHeaderNames.CONNECTION, said);
  }

  private static boolean isInterim(HttpResponse head) {
    int code = head.status().code();
    return head.decoderResult().isSuccess()
        && code >= 100
        && code < 200
        && code != HttpResponseStatus.CONTINUE.code()
        && code != HttpResponseStatus.EARLY_HINTS.code()
        && code != HttpResponseStatus.SWITCHING_PROTOCOLS.code();
  }
}
