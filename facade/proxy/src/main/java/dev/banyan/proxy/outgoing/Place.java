package dev.banyan.proxy.outgoing;

import dev.banyan.proxy.upstream.Loss;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.vertx.core.MultiMap;
import io.vertx.core.http.impl.headers.HeadersAdaptor;
import org.jspecify.annotations.Nullable;

/** One request's place: in the line for a connection, then on one. */
abstract class Place {
  private static final MultiMap NONE = MultiMap.caseInsensitiveMultiMap();

  private final Http1Pool pool;
  private @Nullable Http1Connection on;
  private boolean over;

  Place(Http1Pool pool) {
    this.pool = pool;
  }

  final Http1Pool pool() {
    return pool;
  }

  /** Takes its place; what is to be sent is sent in {@link #placed}. */
  final void take(Http1Connection connection) {
    on = connection;
    placed(connection);
  }

  /** Null while it waits. */
  final @Nullable Http1Connection on() {
    return on;
  }

  /** Whether nobody is to be told any more. */
  final boolean isOver() {
    return over;
  }

  /** True for the first who asks: nothing is told twice. */
  final boolean finish() {
    boolean first = !over;
    over = true;
    return first;
  }

  /** Ends it wherever it is. */
  public final void cut() {
    Http1Connection connection = on;
    if (!finish()) {
      return;
    }
    if (connection == null) {
      pool.leaves(this);
    } else {
      connection.cut();
    }
  }

  static MultiMap fields(HttpHeaders fields) {
    return fields.isEmpty() ? NONE : new HeadersAdaptor(fields);
  }

  abstract boolean isHead();

  /** Whether it asks for another protocol. */
  boolean asksToSwitch() {
    return false;
  }

  abstract void placed(Http1Connection connection);

  abstract void unreached(Throwable cause);

  /** What was to be sent first could not be written, such as in a process without memory. */
  abstract void unwritten(Throwable cause);

  /** An answer other than 101 that is not the final one. */
  void interim(HttpResponse head) {}

  abstract void answered(HttpResponse head);

  /** A part of the body, which is the caller's to release. */
  abstract void chunk(ByteBuf content);

  abstract void whole(HttpHeaders trailers);

  abstract void lost(Throwable cause, Loss loss);
}
