package dev.banyan.proxy.outgoing;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.vertx.core.impl.ContextInternal;

/** The answers on one connection; all that is told of them is told in the event loop's context. */
final class AnswerDecoder extends HttpResponseDecoder {
  private final ContextInternal context;
  private boolean toHead;

  AnswerDecoder(ContextInternal context, int maxLine, int maxHeaders) {
    super(new HttpDecoderConfig().setMaxInitialLineLength(maxLine).setMaxHeaderSize(maxHeaders));
    this.context = context;
  }

  /** Whether the next answer is to a HEAD: such a one has no body, whatever its fields say. */
  void expects(boolean answerToHead) {
    toHead = answerToHead;
  }

  /** Whether bytes came that belong to no answer. */
  boolean hasSurplus() {
    return actualReadableBytes() > 0;
  }

  @Override
  protected boolean isContentAlwaysEmpty(HttpMessage message) {
    return toHead || super.isContentAlwaysEmpty(message);
  }

  @Override
  public void channelRead(ChannelHandlerContext netty, Object message) throws Exception {
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
