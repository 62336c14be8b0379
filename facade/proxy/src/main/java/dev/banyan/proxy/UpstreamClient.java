package dev.banyan.proxy;

import dev.banyan.rules.Upstream;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The connections of one event loop to one upstream. */
final class UpstreamClient {
  /** Below the keep-alive of the servers seen in the field, the shortest of which has 15 s. */
  private static final int KEEP_ALIVE_SECONDS = 12;

  /** At a time on one HTTP/2 connection; what the servers of .NET allow by default. */
  private static final int STREAMS = 100;

  private static final int WAITING_PER_CONNECTION = 4;

  private record Place(String host, int port, boolean tls) {}

  private final HttpClient client;
  private final List<Place> places;
  private final long connectMillis;
  private final long timeoutNanos;
  private final boolean http2;
  private int next;
  private int open;
  private long lastUsed = System.nanoTime();

  UpstreamClient(Vertx vertx, Upstream upstream) {
    places = upstream.urls().stream().map(UpstreamClient::place).toList();
    connectMillis = Math.max(1, upstream.connectTimeout().toMillis());
    timeoutNanos = upstream.timeout().toNanos();
    http2 = upstream.protocol() == Upstream.Protocol.HTTP2;
    HttpClientOptions options =
        new HttpClientOptions()
            .setKeepAlive(true)
            .setPipelining(false)
            .setTcpNoDelay(true)
            .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
            .setConnectTimeout((int) Math.min(Integer.MAX_VALUE, connectMillis))
            .setDecompressionSupported(false)
            .setProtocolVersion(http2 ? HttpVersion.HTTP_2 : HttpVersion.HTTP_1_1)
            .setUseAlpn(http2)
            .setHttp2ClearTextUpgrade(false)
            .setHttp2MultiplexingLimit(STREAMS)
            .setHttp2KeepAliveTimeout(KEEP_ALIVE_SECONDS)
            .setInitialSettings(Http2.settings().setPushEnabled(false))
            .setMaxInitialLineLength(FacadeVerticle.MAX_LINE)
            .setMaxHeaderSize(FacadeVerticle.MAX_HEADERS);
    PoolOptions pool =
        new PoolOptions()
            .setHttp1MaxSize(upstream.connections())
            .setHttp2MaxSize(Math.max(1, upstream.connections() / STREAMS))
            .setMaxWaitQueueSize(WAITING_PER_CONNECTION * upstream.connections());
    client =
        vertx
            .httpClientBuilder()
            .with(options)
            .with(pool)
            .withConnectHandler(UpstreamClient::opened)
            .build();
  }

  private static void opened(HttpConnection connection) {
    // The request that a lost connection carried is told by its own handlers.
    connection.exceptionHandler(e -> {});
    AnswerWatch.on(connection);
    Http2AnswerWatch.on(connection);
  }

  private static Place place(URI url) {
    boolean tls = "https".equalsIgnoreCase(url.getScheme());
    int port = url.getPort() > 0 ? url.getPort() : tls ? 443 : 80;
    String host = url.getHost();
    boolean bracketed = host.startsWith("[");
    return new Place(bracketed ? host.substring(1, host.length() - 1) : host, port, tls);
  }

  /**
   * A request on a connection of its own, its head not yet sent. Waits for a free connection and
   * for the connection itself, each at most for the connect timeout.
   */
  Future<HttpClientRequest> request(HttpMethod method, String target) {
    Place place = places.get(next);
    next = next + 1 == places.size() ? 0 : next + 1;
    lastUsed = System.nanoTime();
    return client.request(
        new RequestOptions()
            .setHost(place.host())
            .setPort(place.port())
            .setSsl(place.tls())
            .setMethod(method)
            .setURI(target)
            .setConnectTimeout(2 * connectMillis));
  }

  /** Whether HTTP/2 is spoken where the upstream can. */
  boolean http2() {
    return http2;
  }

  long timeoutNanos() {
    return timeoutNanos;
  }

  void begin() {
    open++;
  }

  void end() {
    open--;
    lastUsed = System.nanoTime();
  }

  boolean unusedFor(long seconds) {
    return open == 0 && System.nanoTime() - lastUsed > TimeUnit.SECONDS.toNanos(seconds);
  }

  void close() {
    client.close();
  }
}
