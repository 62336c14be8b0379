package dev.banyan.proxy.edge;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ByteProcessor;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the bytes of a head before the codec does, which skips what stands before a method and
 * waits for the rest of a line that ends with CR alone (RFC 9112 2.2).
 */
final class HeadWatch extends ChannelInboundHandlerAdapter {
  private static final int EMPTY_LINE = 0x0d0a0d0a;

  private final LineGuard guard;

  /** Whether the next bytes may be the rest of something that the codec still holds. */
  private boolean held;

  /** The last bytes that were read, the last of them lowest. */
  private int lastFour;

  /** What came while no further request was to be taken up; a read or two at the most. */
  private final Deque<ByteBuf> kept = new ArrayDeque<>(0);

  private @Nullable ChannelHandlerContext at;

  /**
   * @param held whether the codec has had bytes of this connection before this watch
   */
  HeadWatch(LineGuard guard, boolean held) {
    this.guard = guard;
    this.held = held;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    at = added;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (!(message instanceof ByteBuf bytes)) {
      context.fireChannelRead(message);
    } else if (guard.isGone()) {
      bytes.release();
    } else if (guard.holdsRequests()) {
      guard.cameAllTheSame();
      kept.add(bytes);
    } else {
      take(context, bytes);
    }
  }

  private void take(ChannelHandlerContext context, ByteBuf bytes) {
    if (!held && guard.betweenRequests() && isOdd(bytes)) {
      ReferenceCountUtil.release(bytes);
      guard.refuse(400, RefusalReason.NOT_HTTP);
      return;
    }
    // Some clients send an empty line behind a body: that is no head yet.
    if (guard.betweenRequests() && bytes.forEachByte(ByteProcessor.FIND_NON_CRLF) >= 0) {
      guard.headCame();
    }
    rememberEnd(bytes);
    context.fireChannelRead(bytes);
    // What is added to held bytes is copied: whether the codec let go of it tells nothing then.
    boolean ended = lastFour == EMPTY_LINE && guard.betweenRequests() && !guard.holdsRequests();
    held = !ended && (held || bytes.refCnt() > 0);
  }

  /** Has the codec take up what it and this one have, as far as requests may be taken up again. */
  void goOn() {
    ChannelHandlerContext context = at;
    if (context == null) {
      return;
    }
    context.fireChannelRead(Unpooled.EMPTY_BUFFER);
    while (!guard.holdsRequests() && !kept.isEmpty()) {
      take(context, kept.remove());
    }
    context.fireChannelReadComplete();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    while (!kept.isEmpty()) {
      ByteBuf bytes = kept.remove();
      if (context.channel().isActive()) {
        context.fireChannelRead(bytes);
      } else {
        bytes.release();
      }
    }
  }

  private void rememberEnd(ByteBuf bytes) {
    int end = bytes.writerIndex();
    for (int i = Math.max(bytes.readerIndex(), end - 4); i < end; i++) {
      lastFour = lastFour << 8 | bytes.getByte(i);
    }
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
