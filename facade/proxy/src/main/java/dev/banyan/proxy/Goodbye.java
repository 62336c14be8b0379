package dev.banyan.proxy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The end of one client's HTTP/2 connection in two steps (RFC 9113 6.8), so that no request is lost
 * that was sent before the client could know: first a GOAWAY that refuses nothing, then, when the
 * client has answered a ping and so has read it, one that names the last stream that is served.
 * Streams under way end; then the connection is closed.
 */
final class Goodbye {
  /** A client that does not answer a ping has had so long to read what stood before it. */
  static final Duration HEARD_WITHIN = Duration.ofSeconds(1);

  private static final Buffer PING = Buffer.buffer("goodbye!");

  private final Vertx vertx;
  private final Duration limit;

  /**
   * @param limit for streams under way; after it they are cut
   */
  Goodbye(Vertx vertx, Duration limit) {
    this.vertx = vertx;
    this.limit = limit;
  }

  /** To be called on the connection's event loop; done when the last stream has been named. */
  Future<Void> to(HttpConnection connection) {
    connection.goAway(0, Integer.MAX_VALUE);
    Promise<Void> heard = Promise.promise();
    long timer = vertx.setTimer(HEARD_WITHIN.toMillis(), t -> heard.tryComplete());
    connection
        .ping(PING)
        .onComplete(
            answered -> {
              vertx.cancelTimer(timer);
              heard.tryComplete();
            });
    return heard
        .future()
        .onComplete(
            v -> {
              connection.goAway(0);
              var _ = connection.shutdown(limit.toMillis(), TimeUnit.MILLISECONDS);
            });
  }
}
