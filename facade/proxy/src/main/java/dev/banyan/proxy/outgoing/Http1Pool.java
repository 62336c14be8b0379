package dev.banyan.proxy.outgoing;

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

/** The connections of one event loop to one URL. Who has waited longest goes first. */
public final class Http1Pool {
  private final ContextInternal context;
  private final NetClient client;
  private final Target target;
  private final Limits limits;
  private final LongSupplier retiresAt;

  /** The one used last is the first to be used again: those beyond what is needed grow old. */
  private final Deque<Http1Connection> idle = new ArrayDeque<>();

  /** With the timer that ends the waiting. */
  private final Map<Place, Long> waiting = new LinkedHashMap<>();

  private final RequestWriter writer;
  private int open;
  private int connecting;
  private boolean handing;

  /** Where the requests go. */
  public record Target(String host, int port, String authority) {}

  /**
   * What its connections may be.
   *
   * @param connections that stand at a time
   * @param waiting requests that may wait for one
   * @param waitMillis the longest that a request waits for one
   * @param keepNanos how long one may be idle
   * @param line the longest status line, in bytes
   * @param headers the longest head, in bytes
   */
  public record Limits(
      int connections, int waiting, long waitMillis, long keepNanos, int line, int headers) {}

  /**
   * To be made, and used, on the event loop whose connections these are.
   *
   * @param retiresAt when a connection that is opened now takes no other request, by {@link
   *     System#nanoTime}
   */
  public Http1Pool(
      Vertx vertx, NetClient client, Target target, Limits limits, LongSupplier retiresAt) {
    this.context = ((ContextInternal) vertx.getOrCreateContext()).unwrap();
    this.client = client;
    this.target = target;
    this.limits = limits;
    this.retiresAt = retiresAt;
    this.writer = new RequestWriter(target.authority());
  }

  /** Sends a copy as soon as it has its place on a connection. */
  public Asked send(Copy copy) {
    CopyPlace place = new CopyPlace(copy, this);
    ask(place);
    return place;
  }

  /** Gives a request its place on a connection as soon as there is one. */
  public Asked request(String method, String target, Asker asker) {
    Http1Request request = new Http1Request(this, method, target, asker);
    ask(request);
    return request;
  }

  private void ask(Place place) {
    Http1Connection rested = rested();
    if (rested != null) {
      rested.serve(place);
    } else if (isFull() && waiting.size() >= limits.waiting()) {
      unreached(place, new ConnectionPoolTooBusyException("requests that wait: too many"));
    } else {
      waiting.put(
          place, context.owner().setTimer(limits.waitMillis(), t -> unreached(place, late())));
      connect();
    }
  }

  private @Nullable Http1Connection rested() {
    long now = System.nanoTime();
    for (Http1Connection one = idle.pollLast(); one != null; one = idle.pollLast()) {
      if (one.isFresh(now)) {
        return one;
      }
      one.cut();
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
    // The end of a tunnel is told outside any context, and a socket belongs to the loop of its own.
    ContextInternal before = context.beginDispatch();
    try {
      return client.connect(target.port(), target.host());
    } catch (RuntimeException closed) {
      return Future.failedFuture(closed);
    } finally {
      context.endDispatch(before);
    }
  }

  private void came(AsyncResult<NetSocket> result) {
    connecting--;
    if (result.failed()) {
      fail(result.cause());
      return;
    }
    NetSocketInternal socket = (NetSocketInternal) result.result();
    if (socket.channelHandlerContext().channel().isActive()) {
      open++;
      free(connection(socket));
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

  private Http1Connection connection(NetSocketInternal socket) {
    ChannelHandlerContext last = socket.channelHandlerContext();
    ChannelPipeline pipeline = last.pipeline();
    // Where a request cannot be written on, its answer may have come and is still to be read.
    last.channel().config().setAutoClose(false);
    AnswerDecoder decoder = new AnswerDecoder(context, limits.line(), limits.headers());
    KeepAlive life = new KeepAlive(retiresAt.getAsLong(), limits.keepNanos());
    Http1Connection made = new Http1Connection(this, socket, decoder, life);
    pipeline.addBefore(last.name(), AnswerDecoder.class.getName(), decoder);
    pipeline.addBefore(last.name(), Http1Connection.class.getName(), made);
    return made;
  }

  /** A connection can take a request. */
  void free(Http1Connection connection) {
    connection.rest(System.nanoTime());
    idle.addLast(connection);
    hand();
  }

  /** Who has left in the meantime gives its place back at once, which must not nest. */
  private void hand() {
    if (handing) {
      return;
    }
    handing = true;
    try {
      for (Place first = first(); first != null; first = first()) {
        Http1Connection rested = rested();
        if (rested == null) {
          return;
        }
        leaves(first);
        rested.serve(first);
      }
    } finally {
      handing = false;
    }
  }

  /** A connection has ended; whoever waits may have another. */
  void closed(Http1Connection connection) {
    open--;
    idle.remove(connection);
    connect();
  }

  private @Nullable Place first() {
    return waiting.isEmpty() ? null : waiting.keySet().iterator().next();
  }

  /** A request waits no longer. */
  void leaves(Place place) {
    Long timer = waiting.remove(place);
    if (timer != null) {
      context.owner().cancelTimer(timer);
    }
  }

  private void unreached(Place place, Throwable cause) {
    leaves(place);
    if (place.finish()) {
      place.unreached(cause);
    }
  }

  /** Ends what has been idle for too long. */
  public void sweep() {
    long now = System.nanoTime();
    idle.removeIf(
        one -> {
          boolean old = !one.isFresh(now);
          if (old) {
            one.cut();
          }
          return old;
        });
  }

  RequestWriter writer() {
    return writer;
  }
}
