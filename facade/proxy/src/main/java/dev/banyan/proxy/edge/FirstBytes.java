package dev.banyan.proxy.edge;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;

/**
 * Tells HTTP/1 from HTTP/2 by the first bytes of a plain connection, just before the server does,
 * so that a connection of HTTP/1 is guarded from its first head on.
 */
final class FirstBytes extends ChannelInboundHandlerAdapter {
  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final Refusals refusals;
  private final long since = System.nanoTime();
  private int matched;

  private FirstBytes(Refusals refusals) {
    this.refusals = refusals;
  }

  static void expect(ChannelPipeline pipeline, Refusals refusals) {
    pipeline.addLast("first-bytes", new FirstBytes(refusals));
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (context.pipeline().get("ssl") != null || !(message instanceof ByteBuf bytes)) {
      context.fireChannelRead(message);
      context.pipeline().remove(this);
      return;
    }
    int other = firstOther(bytes);
    if (other >= 0) {
      beginHttp1(context, bytes, other);
      return;
    }
    matched += bytes.readableBytes();
    context.fireChannelRead(message);
    if (matched >= PREFACE.length) {
      context.pipeline().remove(this);
    }
  }

  /** Where the bytes differ from the preface of HTTP/2, or -1. */
  private int firstOther(ByteBuf bytes) {
    int length = Math.min(bytes.readableBytes(), PREFACE.length - matched);
    for (int i = 0; i < length; i++) {
      if (bytes.getByte(bytes.readerIndex() + i) != PREFACE[matched + i]) {
        return i;
      }
    }
    return -1;
  }

  private void beginHttp1(ChannelHandlerContext context, ByteBuf bytes, int other) {
    if (matched == 0 && HeadWatch.isOdd(bytes)) {
      ReferenceCountUtil.release(bytes);
      refusals.refused(400, RefusalReason.NOT_HTTP);
      EdgeAnswer.sendBytesAndLeave(context, 400, RefusalReason.NOT_HTTP);
      return;
    }
    // The byte that differs makes the server set its codec up; then there is something to guard.
    context.fireChannelRead(bytes.readRetainedSlice(other + 1));
    GuardRound.ofThisLoop().guardBegun(context.pipeline(), since);
    context.fireChannelRead(bytes);
    context.pipeline().remove(this);
  }
}
