package dev.banyan.proxy.outgoing;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelOutputShutdownEvent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.impl.ContextInternal;
import java.util.List;

/**
 * The answers on one connection; all that is told of them is told in the event loop's context. A
 * connection that could not be written to, or that this side closes, does not end an answer, even
 * one that has no other end: after a failed write Linux tells of a reset as of an end.
 */
final class AnswerDecoder extends HttpResponseDecoder {
  private final ContextInternal context;
  private boolean toHead;
  private boolean rests = true;
  private boolean broken;

  AnswerDecoder(ContextInternal context, int maxLine, int maxHeaders) {
    super(new HttpDecoderConfig().setMaxInitialLineLength(maxLine).setMaxHeaderSize(maxHeaders));
    this.context = context;
  }

  /** Whether the next answer is to a HEAD: such a one has no body, whatever its fields say. */
  void expects(boolean answerToHead) {
    toHead = answerToHead;
    rests = false;
  }

  /** No answer is expected: whatever comes ends the connection, and is not even read. */
  void rests() {
    rests = true;
  }

  /** However the connection ends from now on, it is no answer's end. */
  void breaksOff() {
    broken = true;
  }

  /** Whether bytes came that belong to no answer. */
  boolean hasSurplus() {
    return actualReadableBytes() > 0;
  }

  @Override
  protected boolean isContentAlwaysEmpty(HttpMessage message) {
    return toHead || switches(message) || super.isContentAlwaysEmpty(message);
  }

  /** Whether it speaks a version that is known. */
  static boolean isHttp1(HttpResponse head) {
    HttpVersion version = head.protocolVersion();
    return version.equals(HttpVersion.HTTP_1_1) || version.equals(HttpVersion.HTTP_1_0);
  }

  /** Netty would take what follows an old WebSocket's 101 for a body. */
  static boolean switches(HttpMessage message) {
    return message instanceof HttpResponse answer
        && answer.status().code() == HttpResponseStatus.SWITCHING_PROTOCOLS.code();
  }

  @Override
  protected void decodeLast(ChannelHandlerContext netty, ByteBuf in, List<Object> out)
      throws Exception {
    if (!broken) {
      super.decodeLast(netty, in, out);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext netty, Object event) throws Exception {
    if (event instanceof ChannelOutputShutdownEvent) {
      breaksOff();
    }
    super.userEventTriggered(netty, event);
  }

  @Override
  public void channelRead(ChannelHandlerContext netty, Object message) throws Exception {
    if (rests) {
      ReferenceCountUtil.release(message);
      var _ = netty.close();
      return;
    }
    ContextInternal before = context.beginDispatch();
    try {
      super.channelRead(netty, message);
    } finally {
      context.endDispatch(before);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext netty) throws Exception {
    ContextInternal before = context.beginDispatch();
    try {
      super.channelInactive(netty);
    } finally {
      context.endDispatch(before);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext netty) throws Exception {
    ContextInternal before = context.beginDispatch();
    try {
      super.channelWritabilityChanged(netty);
    } finally {
      context.endDispatch(before);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext netty, Throwable cause) throws Exception {
    ContextInternal before = context.beginDispatch();
    try {
      super.exceptionCaught(netty, cause);
    } finally {
      context.endDispatch(before);
    }
  }
}
