package dev.banyan.proxy.outgoing;

import dev.banyan.proxy.upstream.Loss;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.NetSocketInternal;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.ClosedChannelException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One connection, with one request on it at a time. It takes another one only if the last was sent
 * whole, answered whole, and not a byte came beyond that.
 */
final class Http1Connection extends ChannelDuplexHandler {
  private static final Logger LOG = System.getLogger(Http1Connection.class.getName());

  private final Http1Pool pool;
  private final NetSocketInternal socket;
  private final ChannelHandlerContext netty;
  private final AnswerDecoder decoder;
  private final HeldAnswer held = new HeldAnswer();
  private final AnswerHeads heads = new AnswerHeads();
  private final KeepAlive life;
  private @Nullable Place place;
  private @Nullable ChannelFuture sending;
  private @Nullable Runnable drained;
  private @Nullable HttpResponse switching;
  private boolean sentWhole;
  private boolean hasAnswered;

  Http1Connection(Http1Pool pool, NetSocketInternal socket, AnswerDecoder decoder, KeepAlive life) {
    this.pool = pool;
    this.socket = socket;
    this.netty = socket.channelHandlerContext();
    this.decoder = decoder;
    this.life = life;
  }

  void serve(Place next) {
    place = next;
    sending = null;
    drained = null;
    sentWhole = false;
    switching = null;
    heads.expectFirst();
    decoder.expects(next.isHead());
    try {
      next.take(this);
    } catch (RuntimeException failure) {
      // No one else's answer or place is to be lost by it.
      LOG.log(Level.WARNING, "a request was not sent", failure);
      cut();
      if (next.finish()) {
        next.lost(failure, Loss.OTHER);
      }
    }
  }

  /**
   * Sends a part of the request, the head with the first.
   *
   * @param last whether nothing follows
   */
  void send(Function<ByteBufAllocator, ByteBuf> part, boolean last) {
    try {
      ByteBuf bytes = part.apply(netty.alloc());
      sentWhole = last;
      sending = netty.writeAndFlush(bytes);
    } catch (RuntimeException | OutOfMemoryError failure) {
      // No fault of the upstream's, such as a process without memory for buffers
      Place at = place;
      if (sending != null || at == null) {
        lose(new ClosedChannelException());
        return;
      }
      place = null;
      cut();
      if (at.finish()) {
        at.unwritten(new ClosedChannelException());
      }
    }
  }

  /** Nothing was sent on it by who had its place here. */
  void unused() {
    place = null;
    pool.free(this);
  }

  boolean isWritable() {
    return netty.channel().isWritable();
  }

  /** Runs once, when what was written has gone. */
  void whenDrained(Runnable then) {
    drained = then;
  }

  void pause() {
    held.pause();
    netty.channel().config().setAutoRead(false);
  }

  void resume() {
    held.resume(this::take);
    if (!held.isPaused()) {
      netty.channel().config().setAutoRead(true);
    }
  }

  /** It is no connection of HTTP any more; what has come beyond the answer is read from it. */
  NetSocket tunnel() {
    place = null;
    switching = null;
    socket.pause();
    netty.channel().config().setAutoClose(true); // there is no answer to be read any more
    whenClosed(() -> pool.closed(this));
    ChannelPipeline pipeline = netty.pipeline();
    pipeline.remove(this);
    pipeline.remove(decoder);
    return socket;
  }

  void whenClosed(Runnable then) {
    netty.channel().closeFuture().addListener(closed -> then.run());
  }

  /** Nobody has a request for it. */
  void rest(long now) {
    life.rest(now);
    decoder.rests();
  }

  /** Whether one that rested may take a request. */
  boolean isFresh(long now) {
    return life.isFresh(now) && isWell();
  }

  private boolean isWell() {
    return netty.channel().isActive() && !decoder.hasSurplus() && held.isEmpty();
  }

  private void close() {
    var _ = netty.close();
  }

  /** Ends it, and with it what nobody will ask for any more. */
  void cut() {
    held.drop();
    close();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpObject part && !held.takes(part)) {
      take(part);
    } else if (!(message instanceof HttpObject)) {
      ReferenceCountUtil.release(message); // such as what follows a 101 that nobody wanted
      close();
    }
  }

  private void take(HttpObject part) {
    try {
      Place at = place;
      if (at == null || at.isOver()) {
        close(); // nobody asked for this
      } else if (part.decoderResult().isFailure()) {
        lose(part.decoderResult().cause());
      } else {
        read(at, part);
      }
    } finally {
      ReferenceCountUtil.release(part);
    }
  }

  private void read(Place at, HttpObject part) {
    if (part instanceof HttpResponse head) {
      begin(at, head);
    }
    if (part instanceof HttpContent content && !at.isOver() && !heads.isInterim()) {
      if (content.content().isReadable()) {
        at.chunk(content.content());
      }
      if (content instanceof LastHttpContent last && !at.isOver()) {
        end(at, last);
      }
    }
  }

  private void begin(Place at, HttpResponse head) {
    DecoderException fault = heads.take(head);
    if (fault != null) {
      lose(fault);
    } else if (heads.isInterim()) {
      at.interim(head);
    } else {
      life.read(head);
      if (AnswerDecoder.switches(head) && at.asksToSwitch()) {
        switching = head; // told when all of it has been read
      } else {
        at.answered(head);
      }
    }
  }

  private void end(Place at, LastHttpContent last) {
    HttpResponse switched = switching;
    if (switched != null) {
      at.answered(switched);
      return;
    }
    at.finish();
    place = null;
    hasAnswered = true;
    if (held.isPaused()) {
      resume(); // who is slow with the last part has it all the same
    }
    if (wasSentWhole() && isWell() && life.staysAfter(System.nanoTime())) {
      pool.free(this);
    } else {
      close();
    }
    try {
      at.whole(last.trailingHeaders());
    } catch (RuntimeException failure) {
      // The connection may carry another request by now, which has nothing to do with it.
      LOG.log(Level.WARNING, "an answer was not looked at", failure);
    }
  }

  private boolean wasSentWhole() {
    return sentWhole && sending != null && sending.isSuccess();
  }

  private void lose(Throwable cause) {
    Place at = place;
    if (at != null && !at.isOver() && held.isWhole()) {
      return; // all of the answer is here, and goes on when it is wanted
    }
    place = null;
    cut();
    if (at != null && at.finish()) {
      at.lost(cause, hasAnswered && !heads.hasBegun() ? Loss.KEPT : Loss.OTHER);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    Runnable waits = drained;
    if (waits != null && isWritable()) {
      drained = null;
      waits.run();
    }
    context.fireChannelWritabilityChanged();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    lose(cause);
  }

  /** From this side: whatever was under way is cut, which an answer must not take for its end. */
  @Override
  public void close(ChannelHandlerContext context, ChannelPromise promise) {
    decoder.breaksOff();
    var _ = context.close(promise);
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
