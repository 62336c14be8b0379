package dev.banyan.proxy.copies;

import dev.banyan.proxy.upstream.Loss;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.MultiMap;
import io.vertx.core.http.impl.HttpUtils;
import io.vertx.core.http.impl.headers.HeadersAdaptor;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection, with one copy on it at a time. It takes another one only if the last was sent
 * whole, answered whole, and not a byte came beyond that.
 */
final class CopyConnection extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = System.getLogger(CopyConnection.class.getName());
  private static final int MOST_INTERIMS = 1000;
  private static final CharSequence KEEP_ALIVE = AsciiString.cached("keep-alive");
  private static final MultiMap NO_TRAILERS = MultiMap.caseInsensitiveMultiMap();

  private final CopyPool pool;
  private final ChannelHandlerContext netty;
  private final AnswerDecoder decoder;
  private final long retiresAt;
  private long keepNanos;
  private long idleUntil;
  private @Nullable Place place;
  private @Nullable ChannelFuture sending;
  private boolean hasAnswered;
  private boolean headCame;
  private boolean interim;
  private int interims;
  private boolean stays;

  /**
   * @param netty of the channel, anywhere behind the decoder
   * @param retiresAt when it takes no other copy, so that an upstream whose name has moved is
   *     followed
   * @param keepNanos how long it may be idle, where the upstream does not say
   */
  CopyConnection(
      CopyPool pool,
      ChannelHandlerContext netty,
      AnswerDecoder decoder,
      long retiresAt,
      long keepNanos) {
    this.pool = pool;
    this.netty = netty;
    this.decoder = decoder;
    this.retiresAt = retiresAt;
    this.keepNanos = keepNanos;
  }

  void send(Place next) {
    next.on(this);
    try {
      ByteBuf request = pool.writer().write(next.copy, netty.alloc());
      place = next;
      headCame = false;
      interims = 0;
      decoder.expects(next.copy.method().equals("HEAD"));
      sending = netty.writeAndFlush(request);
    } catch (RuntimeException | OutOfMemoryError failure) {
      // No fault of the candidate's, such as a process without memory for buffers
      place = null;
      close();
      if (next.end()) {
        next.copy.unreached(new ClosedChannelException());
      }
    }
  }

  /** Nobody has a copy for it. */
  void rest(long now) {
    idleUntil = now + keepNanos;
  }

  /** Whether one that rested may take a copy. */
  boolean isFresh(long now) {
    return now - idleUntil < 0 && isWell(now);
  }

  private boolean isWell(long now) {
    return netty.channel().isActive() && now - retiresAt < 0 && !decoder.hasSurplus();
  }

  void close() {
    var _ = netty.close();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      Place at = place;
      if (at == null || at.isOver()) {
        close(); // nobody asked for this
      } else if (message instanceof HttpObject part && part.decoderResult().isFailure()) {
        lose(part.decoderResult().cause());
      } else {
        read(at, message);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void read(Place at, Object message) {
    if (message instanceof HttpResponse head) {
      begin(at, head);
    }
    if (message instanceof HttpContent content && !at.isOver()) {
      if (!interim && content.content().isReadable()) {
        at.copy.chunk(ByteBufUtil.getBytes(content.content()));
      }
      if (!interim && content instanceof LastHttpContent last && !at.isOver()) {
        end(at, last);
      }
    }
  }

  private void begin(Place at, HttpResponse head) {
    int status = head.status().code();
    boolean switches = status == HttpResponseStatus.SWITCHING_PROTOCOLS.code();
    interim = status >= 100 && status < 200 && !switches;
    if (!interim) {
      headCame = true;
      stays = HttpUtil.isKeepAlive(head) && !switches;
      keepFor(head.headers());
      at.copy.answered(status, new HeadersAdaptor(head.headers()));
    } else if (++interims > MOST_INTERIMS) {
      lose(new DecoderException("interim answers: more than " + MOST_INTERIMS));
    }
  }

  private void keepFor(HttpHeaders headers) {
    String said = headers.get(KEEP_ALIVE);
    int seconds = said == null ? -1 : HttpUtils.parseKeepAliveHeaderTimeout(said);
    if (seconds >= 0) {
      keepNanos = Math.min(keepNanos, TimeUnit.SECONDS.toNanos(seconds));
    }
  }

  private void end(Place at, LastHttpContent last) {
    at.end();
    place = null;
    hasAnswered = true;
    ChannelFuture sent = sending;
    if (stays && sent != null && sent.isSuccess() && isWell(System.nanoTime())) {
      pool.free(this);
    } else {
      close();
    }
    HttpHeaders trailers = last.trailingHeaders();
    try {
      at.copy.whole(trailers.isEmpty() ? NO_TRAILERS : new HeadersAdaptor(trailers));
    } catch (RuntimeException failure) {
      // The connection may carry another copy by now, which has nothing to do with it.
      LOG.log(Level.WARNING, "an answer to a copy was not looked at", failure);
    }
  }

  private void lose(Throwable cause) {
    Place at = place;
    place = null;
    close();
    if (at != null && at.end()) {
      at.copy.lost(cause, hasAnswered && !headCame && interims == 0 ? Loss.KEPT : Loss.OTHER);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    lose(cause);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    pool.closed(this);
    lose(new ClosedChannelException());
    context.fireChannelInactive();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    // Whoever is behind has nothing to flush.
  }
}
