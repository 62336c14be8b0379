package dev.banyan.proxy.copies;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.NetSocketInternal;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The connections of one event loop to one URL, for copies. Who has waited longest goes first. */
public final class CopyPool {
  private final ContextInternal context;
  private final NetClient client;
  private final Target target;
  private final Limits limits;
  private final LongSupplier retiresAt;

  /** The one used last is the first to be used again: those beyond what is needed grow old. */
  private final Deque<CopyConnection> idle = new ArrayDeque<>();

  /** With the timer that ends the waiting. */
  private final Map<Place, Long> waiting = new LinkedHashMap<>();

  private final RequestWriter writer;
  private int open;
  private int connecting;

  /** Where the copies go. */
  public record Target(String host, int port, String authority) {}

  /**
   * What its connections may be.
   *
   * @param connections that stand at a time
   * @param waiting copies that may wait for one
   * @param waitMillis the longest that a copy waits for one
   * @param keepNanos how long one may be idle
   * @param line the longest status line, in bytes
   * @param headers the longest head, in bytes
   */
  public record Limits(
      int connections, int waiting, long waitMillis, long keepNanos, int line, int headers) {}

  /**
   * To be made, and used, on the event loop whose connections these are.
   *
   * @param retiresAt when a connection that is opened now takes no other copy, by {@link
   *     System#nanoTime}
   */
  public CopyPool(
      Vertx vertx, NetClient client, Target target, Limits limits, LongSupplier retiresAt) {
    this.context = ((ContextInternal) vertx.getOrCreateContext()).unwrap();
    this.client = client;
    this.target = target;
    this.limits = limits;
    this.retiresAt = retiresAt;
    this.writer = new RequestWriter(target.authority());
  }

  /** Sends a copy as soon as it has its place on a connection. */
  public CopyStream send(Copy copy) {
    Place place = new Place(copy, this);
    CopyConnection rested = rested();
    if (rested != null) {
      rested.send(place);
    } else if (isFull() && waiting.size() >= limits.waiting()) {
      unreached(place, new ConnectionPoolTooBusyException("copies that wait: too many"));
    } else {
      waiting.put(
          place, context.owner().setTimer(limits.waitMillis(), t -> unreached(place, late())));
      connect();
    }
    return place;
  }

  private @Nullable CopyConnection rested() {
    long now = System.nanoTime();
    for (CopyConnection one = idle.pollLast(); one != null; one = idle.pollLast()) {
      if (one.isFresh(now)) {
        return one;
      }
      one.close();
    }
    return null;
  }

  private boolean isFull() {
    return open + connecting >= limits.connections();
  }

  /** Who waited in vain waited for others only where every connection stood and was in use. */
  private Exception late() {
    return open >= limits.connections()
        ? new TimeoutException("no connection came free")
        : new ConnectTimeoutException(
            "connection to "
                + target.authority()
                + ": none after "
                + limits.waitMillis()
                + " ms (expected: one)");
  }

  /** One connection more, where one is missing and may be. */
  private void connect() {
    Place first = first();
    if (first != null && connecting < waiting.size() && !isFull()) {
      connecting++;
      attempt().onComplete(this::came);
    }
  }

  private Future<NetSocket> attempt() {
    try {
      return client.connect(target.port(), target.host());
    } catch (RuntimeException closed) {
      return Future.failedFuture(closed);
    }
  }

  private void came(AsyncResult<NetSocket> result) {
    connecting--;
    if (result.failed()) {
      fail(result.cause());
      return;
    }
    ChannelHandlerContext last = ((NetSocketInternal) result.result()).channelHandlerContext();
    if (last.channel().isActive()) {
      open++;
      free(connection(last));
    } else {
      fail(new ClosedChannelException());
    }
  }

  /** Each attempt that fails is the answer to one who waits. */
  private void fail(Throwable cause) {
    Place first = first();
    if (first != null) {
      unreached(first, cause);
    }
    connect();
  }

  private CopyConnection connection(ChannelHandlerContext last) {
    ChannelPipeline pipeline = last.pipeline();
    AnswerDecoder decoder = new AnswerDecoder(context, limits.line(), limits.headers());
    CopyConnection made =
        new CopyConnection(this, last, decoder, retiresAt.getAsLong(), limits.keepNanos());
    pipeline.addBefore(last.name(), AnswerDecoder.class.getName(), decoder);
    pipeline.addBefore(last.name(), CopyConnection.class.getName(), made);
    return made;
  }

  /** A connection can take a copy. */
  void free(CopyConnection connection) {
    Place first = first();
    if (first == null) {
      connection.rest(System.nanoTime());
      idle.addLast(connection);
    } else {
      leaves(first);
      connection.send(first);
    }
  }

  /** A connection has ended; whoever waits may have another. */
  void closed(CopyConnection connection) {
    open--;
    idle.remove(connection);
    connect();
  }

  private @Nullable Place first() {
    return waiting.isEmpty() ? null : waiting.keySet().iterator().next();
  }

  /** A copy waits no longer. */
  void leaves(Place place) {
    Long timer = waiting.remove(place);
    if (timer != null) {
      context.owner().cancelTimer(timer);
    }
  }

  private void unreached(Place place, Throwable cause) {
    leaves(place);
    if (place.end()) {
      place.copy.unreached(cause);
    }
  }

  /** Ends what has been idle for too long. */
  public void sweep() {
    long now = System.nanoTime();
    idle.removeIf(
        one -> {
          boolean old = !one.isFresh(now);
          if (old) {
            one.close();
          }
          return old;
        });
  }

  RequestWriter writer() {
    return writer;
  }
}
