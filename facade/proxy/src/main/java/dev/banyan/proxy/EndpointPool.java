package dev.banyan.proxy;

import dev.banyan.proxy.upstream.Endpoint;
import io.netty.channel.Channel;
import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one event loop to one URL: gives each request a place on one, the oldest
 * first. A place on a connection of HTTP/2 that was given and is not used goes to the next request:
 * vertx-core takes back only those whose stream was opened.
 */
final class EndpointPool {
  private final HttpClient client;
  private final Endpoint endpoint;
  private final @Nullable String serverName;
  private final PoolOptions most;
  private final long waitMillis;
  private final Queue<Waiter> waiting = new ArrayDeque<>();
  private final Queue<HttpClientRequest> unsent = new ArrayDeque<>();
  private final Set<Channel> standing = new HashSet<>();
  private boolean handing;

  private record Waiter(HttpMethod method, String target, Promise<HttpClientRequest> given) {}

  /**
   * @param serverName to be asked for and checked instead of the URL's host, or null
   * @param most how many connections there may be
   * @param waitMillis the longest that a request waits for its place
   */
  EndpointPool(
      HttpClient client,
      Endpoint endpoint,
      @Nullable String serverName,
      PoolOptions most,
      long waitMillis) {
    this.client = client;
    this.endpoint = endpoint;
    this.serverName = serverName;
    this.most = most;
    this.waitMillis = waitMillis;
  }

  /** A request with a place on a connection, its head not yet sent. */
  Future<HttpClientRequest> request(HttpMethod method, String target) {
    Waiter waiter = new Waiter(method, target, Promise.promise());
    waiting.add(waiter);
    if (!isServedByUnsent()) {
      client.request(options(method, target)).onComplete(came -> came(waiter, came));
    }
    return waiter.given().future();
  }

  private RequestOptions options(HttpMethod method, String target) {
    RequestOptions options =
        new RequestOptions()
            .setHost(endpoint.host())
            .setPort(endpoint.port())
            .setSsl(endpoint.tls())
            .setMethod(method)
            .setURI(target)
            .setConnectTimeout(waitMillis);
    if (serverName != null && endpoint.tls()) {
      options
          .setServer(SocketAddress.inetSocketAddress(endpoint.port(), endpoint.host()))
          .setHost(serverName);
    }
    return options;
  }

  private boolean isServedByUnsent() {
    if (unsent.isEmpty()) {
      return false;
    }
    unsent.removeIf(EndpointPool::isOver);
    if (unsent.isEmpty()) {
      return false;
    }
    hand();
    return true;
  }

  private static boolean isOver(HttpClientRequest request) {
    StreamConnection on = StreamConnection.of(request.connection());
    if (on != null && on.takes(System.nanoTime())) {
      return false;
    }
    if (on != null) {
      on.unused();
    }
    return true;
  }

  private void came(Waiter waiter, AsyncResult<HttpClientRequest> result) {
    if (result.succeeded()) {
      stands(result.result().connection());
      give(result.result());
      return;
    }
    // Who was given another's place has left that one the answer to its own question.
    Waiter told = waiting.remove(waiter) ? waiter : waiting.poll();
    if (told != null) {
      told.given().fail(reason(result.cause()));
    }
  }

  private void stands(HttpConnection connection) {
    if (connection instanceof ConnectionBase base && standing.add(base.channel())) {
      base.channel().closeFuture().addListener(closed -> standing.remove(base.channel()));
    }
    StreamConnection streams = StreamConnection.of(connection);
    if (streams != null) {
      streams.given(this, System.nanoTime());
    }
  }

  /** Hands a request that was not sent to the next one that waits. */
  void give(HttpClientRequest request) {
    if (waiting.isEmpty() && StreamConnection.of(request.connection()) == null) {
      giveBack(request);
      return;
    }
    unsent.add(request);
    hand();
  }

  /** Whoever has left in the meantime gives its place back at once, which must not nest. */
  private void hand() {
    if (handing) {
      return;
    }
    handing = true;
    try {
      while (!waiting.isEmpty() && !unsent.isEmpty()) {
        Waiter next = waiting.remove();
        next.given().complete(unsent.remove().setMethod(next.method()).setURI(next.target()));
      }
    } finally {
      handing = false;
    }
  }

  /** Takes back a request that will not be sent, wherever it came from. */
  static void giveBack(HttpClientRequest request) {
    StreamConnection streams = StreamConnection.of(request.connection());
    EndpointPool from = streams == null ? null : streams.pool();
    if (from == null) {
      request.exceptionHandler(e -> {}).reset();
    } else {
      from.give(request);
    }
  }

  /** Who waited in vain waited for others only where every connection stood and was in use. */
  private Throwable reason(Throwable cause) {
    return cause instanceof TimeoutException && !isFull()
        ? new ConnectTimeoutException(
            "connection to "
                + endpoint.authority()
                + ": none after "
                + waitMillis
                + " ms (expected: one)")
        : cause;
  }

  private boolean isFull() {
    int plain = 0;
    int multiplexed = 0;
    for (Channel channel : standing) {
      StreamConnection streams = StreamConnection.of(channel);
      if (streams == null) {
        plain++;
      } else if (!streams.isLeaving()) {
        multiplexed++;
      }
    }
    return plain >= most.getHttp1MaxSize() || multiplexed >= most.getHttp2MaxSize();
  }
}
