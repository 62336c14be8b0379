package dev.banyan.proxy.edge;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;

/**
 * Looks at the bytes of a head before the codec does, which skips what stands before a method and
 * waits for the rest of a line that ends with CR alone (RFC 9112 2.2).
 */
final class HeadWatch extends ChannelInboundHandlerAdapter {
  private final LineGuard guard;

  /** Whether the next bytes may be the rest of something that the codec still holds. */
  private boolean unsure;

  HeadWatch(LineGuard guard) {
    this.guard = guard;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (unsure || !(message instanceof ByteBuf bytes)) {
      context.fireChannelRead(message);
      return;
    }
    if (guard.betweenRequests() && isOdd(bytes)) {
      ReferenceCountUtil.release(message);
      guard.refuse(400, RefusalReason.NOT_HTTP);
      return;
    }
    context.fireChannelRead(message);
    unsure = bytes.refCnt() > 0;
  }

  static boolean isOdd(ByteBuf bytes) {
    if (!bytes.isReadable()) {
      return false;
    }
    byte first = bytes.getByte(bytes.readerIndex());
    if (first <= ' ' && first != '\r' && first != '\n') {
      return true;
    }
    return bytes.getByte(bytes.writerIndex() - 1) == '\r' && hasBareReturn(bytes);
  }

  /** Up to the end of the head; the last CR may still get its LF. */
  private static boolean hasBareReturn(ByteBuf bytes) {
    int last = bytes.writerIndex() - 1;
    int at = bytes.indexOf(bytes.readerIndex(), last, (byte) '\r');
    while (at >= 0) {
      if (bytes.getByte(at + 1) != '\n') {
        return true;
      }
      boolean ends =
          at + 3 <= last && bytes.getByte(at + 2) == '\r' && bytes.getByte(at + 3) == '\n';
      at = ends ? -1 : bytes.indexOf(at + 1, last, (byte) '\r');
    }
    return false;
  }
}
