package dev.banyan.proxy.edge;

import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;

/**
 * The requests of one connection that wait for their answers, which are bounded. What a client
 * sends ahead of that (RFC 9112 9.3.2) stays bytes, a read's worth of them here and the rest with
 * the client, until answers have gone out; nobody is refused for it.
 */
final class OpenRequests {
  /** The server keeps them in a list that it walks for each new one. */
  private static final int MOST = 32;

  private static final int FEW = MOST / 2;

  private int count;
  private boolean held;
  private boolean goesOn;

  /** Whether the server itself wanted nothing to be read; it says so when it does again. */
  private boolean serverPaused;

  int count() {
    return count;
  }

  /** Whether no further bytes are to be taken for requests. */
  boolean held() {
    return held;
  }

  void begun(ChannelHandlerContext at) {
    count++;
    if (count > MOST && !held) {
      held = true;
      ChannelConfig config = at.channel().config();
      serverPaused = !config.isAutoRead();
      config.setAutoRead(false);
      decodeOneByOne(at, true);
    }
  }

  void answered(ChannelHandlerContext at) {
    count = Math.max(0, count - 1);
    if (held && !goesOn && count <= FEW) {
      goesOn = true;
      // Not within the answer: the next requests begin there.
      at.executor().execute(() -> goOn(at));
    }
  }

  /** A read came all the same: the server, which knows nothing of this, wanted more of a body. */
  void cameAllTheSame(ChannelHandlerContext at) {
    ChannelConfig config = at.channel().config();
    if (config.isAutoRead()) {
      serverPaused = false;
      config.setAutoRead(false);
    }
  }

  private void goOn(ChannelHandlerContext at) {
    goesOn = false;
    if (!held || at.isRemoved() || !at.channel().isActive()) {
      return;
    }
    release(at);
    HeadWatch watch = at.pipeline().get(HeadWatch.class);
    if (watch != null) {
      watch.goOn();
    }
  }

  /** Lets bytes be read and decoded again. */
  void release(ChannelHandlerContext at) {
    if (held) {
      held = false;
      decodeOneByOne(at, false);
      if (!serverPaused && at.channel().isActive()) {
        at.channel().config().setAutoRead(true);
      }
    }
  }

  /** One by one, the codec keeps what it has read until it is given more. */
  private static void decodeOneByOne(ChannelHandlerContext at, boolean oneByOne) {
    if (at.pipeline().get(GuardRound.CODEC) instanceof ByteToMessageDecoder codec) {
      codec.setSingleDecode(oneByOne);
    }
  }
}
