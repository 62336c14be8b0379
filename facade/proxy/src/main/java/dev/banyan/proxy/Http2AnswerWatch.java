package dev.banyan.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;

/**
 * {@link AnswerWatch} for an upstream connection of HTTP/2: tells its life of what comes, drops
 * interim answers other than 100 and 103, which vertx-core would take for final ones, and ends a
 * connection that sends too many.
 */
final class Http2AnswerWatch extends Http2FrameListenerDecorator {
  /** Without a final answer among them; a hundred streams may each have some. */
  private static final int MOST_INTERIMS = 1000;

  private final StreamConnection life;
  private int interims;

  private Http2AnswerWatch(Http2FrameListener listener, StreamConnection life) {
    super(listener);
    this.life = life;
  }

  static void on(Http2ConnectionDecoder decoder, StreamConnection life) {
    decoder.frameListener(new Http2AnswerWatch(decoder.frameListener(), life));
  }

  @Override
  public int onDataRead(
      ChannelHandlerContext context, int stream, ByteBuf data, int padding, boolean end)
      throws Http2Exception {
    life.heard();
    return super.onDataRead(context, stream, data, padding, end);
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext context, int stream, Http2Headers headers, int padding, boolean end)
      throws Http2Exception {
    if (!isDropped(headers, end)) {
      super.onHeadersRead(context, stream, headers, padding, end);
    }
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext context,
      int stream,
      Http2Headers headers,
      int dependency,
      short weight,
      boolean exclusive,
      int padding,
      boolean end)
      throws Http2Exception {
    if (!isDropped(headers, end)) {
      super.onHeadersRead(context, stream, headers, dependency, weight, exclusive, padding, end);
    }
  }

  private boolean isDropped(Http2Headers headers, boolean end) throws Http2Exception {
    CharSequence status = headers.status();
    if (end || status == null || status.length() != 3 || status.charAt(0) != '1') {
      interims = 0;
      life.answered();
      return false;
    }
    if (++interims > MOST_INTERIMS) {
      throw Http2Exception.connectionError(
          Http2Error.ENHANCE_YOUR_CALM, "interim answers: too many (expected: a final one)");
    }
    return !HttpResponseStatus.CONTINUE.codeAsText().contentEquals(status)
        && !HttpResponseStatus.EARLY_HINTS.codeAsText().contentEquals(status);
  }
}
