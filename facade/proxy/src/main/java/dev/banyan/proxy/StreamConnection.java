package dev.banyan.proxy;

import dev.banyan.proxy.upstream.Loss;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.AttributeKey;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/2 connection to an upstream: how old it is, whether it has answered, whether anybody is
 * still there, and what its end means for a request.
 */
final class StreamConnection extends Http2ConnectionAdapter {
  /** A ping is answered by the server's connection, not by its application. */
  private static final long HEARD_WITHIN_SECONDS = 5;

  private static final Buffer PING = Buffer.buffer("anybody?");
  private static final AttributeKey<StreamConnection> KEY =
      AttributeKey.valueOf(StreamConnection.class.getName());

  private final HttpConnection connection;
  private final Channel channel;
  private final Http2Connection streams;
  private final long retiresAt;
  private @Nullable EndpointPool pool;
  private boolean answered;
  private boolean asked;
  private long frames;
  private int given;
  private int closed;

  private StreamConnection(
      HttpConnection connection, Channel channel, Http2Connection streams, long retiresAt) {
    this.connection = connection;
    this.channel = channel;
    this.streams = streams;
    this.retiresAt = retiresAt;
  }

  /** Begins with a connection, if HTTP/2 is spoken on it. */
  static void on(HttpConnection connection, long retiresAt) {
    if (connection instanceof ConnectionBase base) {
      Http2ConnectionHandler handler = base.channel().pipeline().get(Http2ConnectionHandler.class);
      if (handler != null) {
        StreamConnection life =
            new StreamConnection(connection, base.channel(), handler.connection(), retiresAt);
        base.channel().attr(KEY).set(life);
        handler.connection().addListener(life);
        Http2.widen(base.channel(), handler);
        Http2AnswerWatch.on(handler.decoder(), life);
      }
    }
  }

  /** Null where HTTP/1 is spoken. */
  static @Nullable StreamConnection of(HttpConnection connection) {
    return connection instanceof ConnectionBase base ? of(base.channel()) : null;
  }

  static @Nullable StreamConnection of(Channel channel) {
    return channel.attr(KEY).get();
  }

  /** A request was given a place here; the last one, if the connection is old. */
  void given(EndpointPool from, long now) {
    pool = from;
    given++;
    if (now - retiresAt > 0) {
      retire();
    }
  }

  /** A place that was given and stayed empty. */
  void unused() {
    given--;
    endIfOver();
  }

  @Nullable EndpointPool pool() {
    return pool;
  }

  /** Whether it can take another request. */
  boolean takes(long now) {
    return channel.isActive() && !isLeaving() && now - retiresAt <= 0;
  }

  /** Whether one side wants no further stream; those under way end. */
  boolean isLeaving() {
    return streams.goAwaySent() || streams.goAwayReceived();
  }

  /**
   * The pool then gives no further place here. Nothing goes to the upstream: servers that hear a
   * GOAWAY refuse new streams, and a request that has its place may not have been sent yet.
   */
  private void retire() {
    try {
      if (!streams.goAwaySent()) {
        streams.goAwaySent(0, Http2Error.NO_ERROR.code(), Unpooled.EMPTY_BUFFER);
      }
    } catch (Http2Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void onStreamClosed(Http2Stream stream) {
    closed++;
    if (isLeaving()) {
      // Not in the middle of the frame that ended it.
      channel.eventLoop().execute(this::endIfOver);
    }
  }

  private void endIfOver() {
    if (isLeaving() && closed >= given && channel.isActive()) {
      var _ = connection.close();
    }
  }

  /** A final answer began. */
  void answered() {
    answered = true;
    heard();
  }

  /** Something came. */
  void heard() {
    frames++;
  }

  /**
   * A request has waited here in vain. Where nothing comes within seconds, not even the answer to a
   * ping, the connection is closed, and so are its other streams: nobody is there.
   */
  void doubt() {
    if (asked || !channel.isActive()) {
      return;
    }
    asked = true;
    long before = frames;
    Future<?> end =
        channel
            .eventLoop()
            .schedule(() -> endUnless(frames > before), HEARD_WITHIN_SECONDS, TimeUnit.SECONDS);
    connection
        .ping(PING)
        .onSuccess(
            pong -> {
              asked = false;
              end.cancel(false);
            });
  }

  private void endUnless(boolean isHeard) {
    asked = false;
    if (!isHeard) {
      // Past the codec, which would wait until its goodbye is written.
      var _ = channel.pipeline().firstContext().close();
    }
  }

  /** What an error before the first byte of an answer says of the request. */
  Loss loss(HttpClientRequest request, Throwable cause) {
    return switch (cause) {
      case io.vertx.core.http.StreamResetException reset ->
          reset.getCode() == Http2.REFUSED_STREAM ? Loss.UNTAKEN : Loss.OTHER;
      // Its stream could not even be opened.
      case Http2Exception e when e.error() == Http2Error.REFUSED_STREAM || !channel.isActive() ->
          Loss.UNTAKEN;
      case HttpClosedException e when e.goAway() != null && isBeyondGoodbye(request) ->
          Loss.UNTAKEN;
      case HttpClosedException e -> keptOr();
      case java.io.IOException e -> keptOr();
      default -> Loss.OTHER;
    };
  }

  private Loss keptOr() {
    return answered ? Loss.KEPT : Loss.OTHER;
  }

  /** What vertx-core keeps is the first goodbye, and the last one counts. */
  private boolean isBeyondGoodbye(HttpClientRequest request) {
    return streams.goAwayReceived() && request.streamId() > streams.local().lastStreamKnownByPeer();
  }

  /**
   * Whether the answer has arrived although vertx-core tells of an error: it does so of every
   * stream that ends after a goodbye, and who reads slowly hears that before the rest.
   */
  static boolean hasArrived(HttpClientRequest request, Throwable cause) {
    StreamConnection streams = of(request.connection());
    return streams != null && streams.isWhole(request, cause);
  }

  private boolean isWhole(HttpClientRequest request, Throwable cause) {
    return cause instanceof HttpClosedException closed
        && closed.goAway() != null
        && channel.isActive()
        && !isBeyondGoodbye(request);
  }
}
