package dev.banyan.proxy.edge;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.net.impl.VertxHandler;
import java.nio.channels.ClosedChannelException;
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
  private final OpenRequests open = new OpenRequests();
  private final ReaderWatch reader;
  private @Nullable ChannelHandlerContext context;
  private @Nullable HttpRequest current;
  private boolean headCame;
  private boolean progressed;
  private boolean bodyOpen;

  /** Whether the codec has given up on what comes. */
  private boolean unreadable;

  private boolean answering;
  private boolean gone;
  private boolean closes;

  /** Since when a head is awaited; 0 while none is. */
  private long headSince;

  private long bodySince;
  private long bodyBytes;
  private long looked;

  LineGuard(EdgeLimits limits, Refusals refusals, GuardRound round, long since) {
    this.headSince = since;
    this.limits = limits;
    this.refusals = refusals;
    this.round = round;
    this.reader = new ReaderWatch(limits);
  }

  /** Whether the next byte is the first of a head. */
  boolean betweenRequests() {
    return !bodyOpen && !gone;
  }

  /** Whether no request waits for its answer. */
  boolean isIdle() {
    return open.count() == 0;
  }

  /** Whether what comes is of no interest any more. */
  boolean isGone() {
    return gone;
  }

  /** Whether what comes now is to wait until earlier requests have their answers. */
  boolean holdsRequests() {
    return open.held();
  }

  /** Something came while it holds requests. */
  void cameAllTheSame() {
    ChannelHandlerContext at = context;
    if (at != null) {
      open.cameAllTheSame(at);
    }
  }

  /** Bytes came that begin a head or go on with one. */
  void headCame() {
    headCame = true;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
    round.add(this);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext removed) {
    round.remove(this);
    open.release(removed);
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
    if (message instanceof HttpRequest head && !begins(at, head)) {
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
  private boolean begins(ChannelHandlerContext at, HttpRequest head) {
    headSince = 0;
    bodySince = 0;
    bodyBytes = 0;
    bodyOpen = true;
    current = head;
    open.begun(at);
    H2cUpgrade.drop(head.headers());
    unreadable = head.decoderResult().isFailure();
    if (StrictVersion.isWrittenRight(head.protocolVersion()) || unreadable) {
      return true;
    }
    refuse(505, RefusalReason.NOT_HTTP);
    return false;
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext at) {
    if (bodyOpen && bodySince == 0) {
      bodySince = System.nanoTime();
    } else if (headCame && !progressed && !bodyOpen && headSince == 0) {
      // A read may also end without a byte: nobody asked anything then.
      headSince = System.nanoTime();
    }
    headCame = false;
    progressed = false;
    at.fireChannelReadComplete();
  }

  @Override
  public void write(ChannelHandlerContext at, Object message, ChannelPromise promise) {
    if (gone && message instanceof HttpObject) {
      // The last answer has been given.
      ReferenceCountUtil.release(message);
      if (!promise.isVoid()) {
        promise.tryFailure(new ClosedChannelException());
      }
      return;
    }
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
      open.answered(at);
      if (headSince != 0) {
        // The next head had begun already, but nobody was waiting for it.
        headSince = System.nanoTime();
      }
      if (closes) {
        gone = true;
        var _ = at.write(message, promise.unvoid()).addListener(s -> Leaving.begin(at.channel()));
        return;
      }
    }
    var _ = at.write(message, promise);
  }

  /** The server closes; a client that has its answer and still sends is to read it first. */
  @Override
  public void close(ChannelHandlerContext at, ChannelPromise promise) {
    boolean stillSends =
        open.count() == 0 && !answering && (bodyOpen || unreadable) && at.channel().isActive();
    if (!stillSends && !Leaving.isBegun(at.pipeline())) {
      var _ = at.close(promise);
      return;
    }
    gone = true;
    var _ = at.channel().closeFuture().addListener(closed -> promise.trySuccess());
    Leaving.begin(at.channel());
  }

  /** Looks at what is awaited of the client. */
  void check(long now) {
    long before = looked;
    looked = now;
    ChannelHandlerContext at = context;
    if (gone || at == null) {
      return;
    }
    if (headSince != 0 && isIdle() && now - headSince > limits.headWithin().toNanos()) {
      refuse(408, RefusalReason.SLOW_HEAD);
    } else if (bodyOpen && bodySince != 0 && limits.minimumRate() > 0) {
      boolean paused = open.held() || !at.channel().config().isAutoRead() || awaitsContinue();
      if (paused) {
        bodySince += now - Math.max(before, bodySince);
      } else if (tooSlow(bodyBytes, now - bodySince, limits.rateGrace().toNanos())) {
        refuse(408, RefusalReason.SLOW_BODY);
      }
    }
    if (!gone && limits.minimumRate() > 0 && reader.isTooSlow(at.channel(), now)) {
      gone = true;
      refusals.refused(0, RefusalReason.SLOW_READER);
      var _ = at.close();
    }
  }

  private boolean awaitsContinue() {
    HttpRequest head = current;
    return head != null && bodyBytes == 0 && head.headers().contains(HttpHeaderNames.EXPECT);
  }

  private boolean tooSlow(long bytes, long nanos, long grace) {
    return nanos > grace && bytes < limits.minimumRate() * (double) (nanos - grace) / SECOND;
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext at) {
    reader.writabilityChanged();
    at.fireChannelWritabilityChanged();
  }

  /** Answers, where somebody waits and no answer has begun, and lets the connection go. */
  void refuse(int status, RefusalReason reason) {
    ChannelHandlerContext at = context;
    if (gone || at == null) {
      return;
    }
    gone = true;
    // A request that has its answer gets no second one, however late its body is.
    boolean told = !answering && (open.count() == 1 || (open.count() == 0 && !bodyOpen));
    refusals.refused(told ? status : 0, reason);
    if (told) {
      EdgeAnswer.sendAndLeave(at, status, reason);
      tellServer(at);
    } else if (isIdle() && !answering) {
      Leaving.begin(at.channel(), at.writeAndFlush(Unpooled.EMPTY_BUFFER));
    } else {
      var _ = at.close();
    }
  }

  /** What waits for more of the request is not to wait until the client has gone. */
  private static void tellServer(ChannelHandlerContext at) {
    if (at.pipeline().get(VertxHandler.class) != null) {
      at.fireExceptionCaught(new ClosedChannelException());
    }
  }
}
