package dev.banyan.proxy.edge;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Watches one HTTP/1 connection for a client that is slow, on its event loop. Nothing is timed
 * unless a read ends in the middle of a head or a body; then {@link GuardRound} looks now and then.
 *
 * <pre>
 *   waiting ─ part of a head ─▶ head (has headWithin) ─▶ body (has minimumRate) ─▶ answering ─▶ waiting
 * </pre>
 */
final class LineGuard extends ChannelDuplexHandler {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final EdgeLimits limits;
  private final Refusals refusals;
  private final GuardRound round;
  private @Nullable ChannelHandlerContext context;
  private @Nullable HttpRequest current;
  private boolean progressed;
  private boolean bodyOpen;
  private boolean answering;
  private boolean gone;
  private boolean closes;
  private int open;

  /** Since when a head is awaited; 0 while none is. */
  private long headSince;

  private long bodySince;
  private long bodyBytes;
  private long blockedSince;
  private long blockedBytes;
  private long looked;

  LineGuard(EdgeLimits limits, Refusals refusals, GuardRound round, long since) {
    this.headSince = since;
    this.limits = limits;
    this.refusals = refusals;
    this.round = round;
  }

  /** Whether the next byte is the first of a head. */
  boolean betweenRequests() {
    return !bodyOpen && !gone;
  }

  /** Whether no request waits for its answer. */
  boolean isIdle() {
    return open == 0;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
    round.add(this);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext removed) {
    round.remove(this);
  }

  @Override
  public void channelInactive(ChannelHandlerContext left) throws Exception {
    round.remove(this);
    super.channelInactive(left);
  }

  @Override
  public void channelRead(ChannelHandlerContext at, Object message) {
    if (gone) {
      ReferenceCountUtil.release(message);
      return;
    }
    progressed = true;
    if (message instanceof HttpRequest head && !begins(head)) {
      ReferenceCountUtil.release(message);
      return;
    }
    if (message instanceof HttpContent content) {
      bodyBytes += content.content().readableBytes();
      if (limits.body() > 0 && bodyBytes > limits.body()) {
        ReferenceCountUtil.release(message);
        refuse(413, RefusalReason.BODY_TOO_LARGE);
        return;
      }
      if (message instanceof LastHttpContent) {
        bodyOpen = false;
        current = null;
      }
    }
    at.fireChannelRead(message);
  }

  /** Takes a head up; false where it goes no further. */
  private boolean begins(HttpRequest head) {
    headSince = 0;
    bodySince = 0;
    bodyBytes = 0;
    bodyOpen = true;
    current = head;
    open++;
    H2cUpgrade.drop(head.headers());
    if (isWrittenRight(head.protocolVersion()) || head.decoderResult().isFailure()) {
      return true;
    }
    refuse(505, RefusalReason.NOT_HTTP);
    return false;
  }

  /**
   * Netty reads {@code http/1.1} as a version that equals HTTP/1.1, and keeps the constants for
   * what is written as it should be (RFC 9112 2.3).
   */
  @SuppressWarnings("ReferenceEquality")
  private static boolean isWrittenRight(HttpVersion version) {
    return version == HttpVersion.HTTP_1_1 || version == HttpVersion.HTTP_1_0;
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext at) {
    if (bodyOpen && bodySince == 0) {
      bodySince = System.nanoTime();
    } else if (!progressed && !bodyOpen && headSince == 0) {
      headSince = System.nanoTime();
    }
    progressed = false;
    at.fireChannelReadComplete();
  }

  @Override
  public void write(ChannelHandlerContext at, Object message, ChannelPromise promise) {
    if (message instanceof HttpResponse head) {
      int code = head.status().code();
      if (code < 200 && code != 101) {
        if (code == 100) {
          // Now it is the client's turn.
          bodySince = System.nanoTime();
          current = null;
        }
        var _ = at.write(message, promise);
        return;
      }
      answering = true;
      if (code != 101 && round.leaving()) {
        head.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        closes = true;
      }
    }
    if (message instanceof LastHttpContent) {
      answering = false;
      open = Math.max(0, open - 1);
      if (headSince != 0) {
        // The next head had begun already, but nobody was waiting for it.
        headSince = System.nanoTime();
      }
      if (closes) {
        gone = true;
        var _ =
            at.write(message, promise.unvoid()).addListener(s -> EdgeAnswer.leave(at.channel()));
        return;
      }
    }
    var _ = at.write(message, promise);
  }

  /** Looks at what is awaited of the client. */
  void check(long now) {
    long before = looked;
    looked = now;
    ChannelHandlerContext at = context;
    if (gone || at == null) {
      return;
    }
    if (headSince != 0 && open == 0 && now - headSince > limits.headWithin().toNanos()) {
      refuse(408, RefusalReason.SLOW_HEAD);
    } else if (bodyOpen && bodySince != 0 && limits.minimumRate() > 0) {
      boolean paused = !at.channel().config().isAutoRead() || awaitsContinue();
      if (paused) {
        bodySince += now - Math.max(before, bodySince);
      } else if (tooSlow(bodyBytes, now - bodySince, limits.rateGrace().toNanos())) {
        refuse(408, RefusalReason.SLOW_BODY);
      }
    }
    if (!gone && limits.minimumRate() > 0) {
      checkReader(at, now);
    }
  }

  private boolean awaitsContinue() {
    HttpRequest head = current;
    return head != null && bodyBytes == 0 && head.headers().contains(HttpHeaderNames.EXPECT);
  }

  private boolean tooSlow(long bytes, long nanos, long grace) {
    return nanos > grace && bytes < limits.minimumRate() * (double) (nanos - grace) / SECOND;
  }

  private void checkReader(ChannelHandlerContext at, long now) {
    ChannelOutboundBuffer waiting = at.channel().unsafe().outboundBuffer();
    if (waiting == null || at.channel().isWritable()) {
      blockedSince = 0;
    } else if (blockedSince == 0) {
      blockedSince = now;
      blockedBytes = waiting.totalPendingWriteBytes();
    } else {
      long taken = Math.max(0, blockedBytes - waiting.totalPendingWriteBytes());
      if (now - blockedSince > limits.readerGraceNanos()
          && taken < limits.minimumRate() * (double) (now - blockedSince) / SECOND) {
        gone = true;
        refusals.refused(0, RefusalReason.SLOW_READER);
        var _ = at.close();
      }
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext at) {
    blockedSince = 0;
    at.fireChannelWritabilityChanged();
  }

  /** Answers, where no answer has begun, and lets the connection go. */
  void refuse(int status, RefusalReason reason) {
    ChannelHandlerContext at = context;
    if (gone || at == null) {
      return;
    }
    gone = true;
    boolean told = !answering && open <= 1;
    refusals.refused(told ? status : 0, reason);
    if (told) {
      EdgeAnswer.sendAndLeave(at, status, reason);
    } else {
      var _ = at.close();
    }
  }
}
