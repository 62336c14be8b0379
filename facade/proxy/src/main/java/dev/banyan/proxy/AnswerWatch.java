package dev.banyan.proxy;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelOutputShutdownEvent;
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
 * thousand before one answer end the connection. A connection that could not be written to, or that
 * this side closes, does not end an answer that has no other end.
 */
final class AnswerWatch extends ChannelDuplexHandler {
  private static final int MOST_INTERIMS = 1000;

  private final long retiresAt;
  private int answers;
  private int interims;
  private boolean interim;
  private boolean flooded;
  private boolean broken;

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
      // Where a request cannot be written on, its answer may have come and is still to be read.
      last.channel().config().setAutoClose(false);
      last.pipeline()
          .addBefore(last.name(), AnswerWatch.class.getName(), new AnswerWatch(retiresAt));
    }
  }

  /** There is no answer to be read on the connection any more. */
  static void off(HttpConnection connection) {
    if (connection instanceof ConnectionBase base) {
      base.channel().config().setAutoClose(true);
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
    boolean last = message instanceof LastHttpContent;
    if (!interim && !flooded && !(last && broken && !context.channel().isActive())) {
      context.fireChannelRead(message);
      return;
    }
    interim = !last;
    ReferenceCountUtil.release(message);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    broken |= event instanceof ChannelOutputShutdownEvent;
    context.fireUserEventTriggered(event);
  }

  /** From this side: whatever was under way is cut. */
  @Override
  public void close(ChannelHandlerContext context, ChannelPromise promise) {
    broken = true;
    var _ = context.close(promise);
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
