package dev.banyan.proxy;

import dev.banyan.proxy.upstream.Balancer;
import dev.banyan.proxy.upstream.Endpoint;
import dev.banyan.proxy.upstream.RetryBudget;
import dev.banyan.proxy.upstream.UpstreamState;
import dev.banyan.rules.Upstream;
import dev.banyan.rules.UpstreamPolicies;
import dev.banyan.rules.UpstreamTls;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The connections of one event loop to one upstream. */
final class UpstreamClient {
  /** Below the keep-alive of the servers seen in the field, the shortest of which has 15 s. */
  private static final int KEEP_ALIVE_SECONDS = 12;

  /** Of a connection of HTTP/1 that is never idle; a quarter more at the most. */
  private static final Duration LIFETIME = Duration.ofMinutes(2);

  /** At a time on one HTTP/2 connection; what the servers of .NET allow by default. */
  private static final int STREAMS = 100;

  private static final int WAITING_PER_CONNECTION = 4;

  /** One client's connection of HTTP/2 may send a hundred requests at once. */
  private static final int WAITING_AT_LEAST = 100;

  private final HttpClient client;
  private final UpstreamState state;
  private final List<Endpoint> endpoints;
  private final Balancer balancer;
  private final Affinities affinities;
  private final RetryBudget retries;
  private final @Nullable String serverName;
  private final long connectMillis;
  private final long timeoutNanos;
  private final boolean http2;
  private int open;
  private long lastUsed = System.nanoTime();

  UpstreamClient(Vertx vertx, UpstreamState state) {
    this(vertx, state, LIFETIME);
  }

  UpstreamClient(Vertx vertx, UpstreamState state, Duration lifetime) {
    this.state = state;
    Upstream upstream = state.upstream();
    UpstreamPolicies policies = upstream.policies();
    endpoints = new ArrayList<>();
    for (int i = 0; i < upstream.urls().size(); i++) {
      endpoints.add(new Endpoint(upstream.urls().get(i), state.endpoints().get(i)));
    }
    balancer = new Balancer(endpoints, policies.health());
    affinities = Affinities.of(policies.affinity());
    retries = new RetryBudget(policies.retry().budget());
    serverName = policies.tls().serverName().orElse(null);
    connectMillis = Math.max(1, upstream.connectTimeout().toMillis());
    timeoutNanos = upstream.timeout().toNanos();
    http2 = upstream.protocol() == Upstream.Protocol.HTTP2;
    PoolOptions pool =
        new PoolOptions()
            .setHttp1MaxSize(upstream.connections())
            .setHttp2MaxSize(Math.max(1, upstream.connections() / STREAMS))
            .setMaxWaitQueueSize(
                Math.max(WAITING_AT_LEAST, WAITING_PER_CONNECTION * upstream.connections()));
    client =
        vertx
            .httpClientBuilder()
            .with(options(upstream))
            .with(pool)
            .withConnectHandler(connection -> opened(connection, lifetime))
            .build();
  }

  private static HttpClientOptions options(Upstream upstream) {
    boolean http2 = upstream.protocol() == Upstream.Protocol.HTTP2;
    HttpClientOptions options =
        new HttpClientOptions()
            .setKeepAlive(true)
            .setPipelining(false)
            .setTcpNoDelay(true)
            .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
            .setConnectTimeout(
                (int)
                    Math.min(Integer.MAX_VALUE, Math.max(1, upstream.connectTimeout().toMillis())))
            .setDecompressionSupported(false)
            .setProtocolVersion(http2 ? HttpVersion.HTTP_2 : HttpVersion.HTTP_1_1)
            .setUseAlpn(http2)
            .setHttp2ClearTextUpgrade(false)
            .setHttp2MultiplexingLimit(STREAMS)
            .setHttp2KeepAliveTimeout(KEEP_ALIVE_SECONDS)
            .setInitialSettings(Http2.settings().setPushEnabled(false))
            .setMaxInitialLineLength(FacadeVerticle.MAX_LINE)
            .setMaxHeaderSize(FacadeVerticle.MAX_HEADERS);
    UpstreamTls tls = upstream.policies().tls();
    // The certificate and its name are checked, always; SNI goes along also for names without dots.
    options.setVerifyHost(true).setForceSni(true);
    tls.ca().ifPresent(file -> options.setTrustOptions(new PemTrustOptions().addCertPath(file)));
    if (tls.certificate().isPresent() && tls.key().isPresent()) {
      options.setKeyCertOptions(
          new PemKeyCertOptions().addCertPath(tls.certificate().get()).addKeyPath(tls.key().get()));
    }
    return options;
  }

  private static void opened(HttpConnection connection, Duration lifetime) {
    // The request that a lost connection carried is told by its own handlers.
    connection.exceptionHandler(e -> {});
    AnswerWatch.on(connection, lifetime);
    Http2AnswerWatch.on(connection);
  }

  /**
   * The URL that takes the request, or null where none does.
   *
   * @param not where it has just failed
   */
  @Nullable Endpoint pick(MultiMap headers, @Nullable Endpoint not, RandomGenerator random) {
    return balancer.pick(affinities.value(headers), not, random);
  }

  /** A request on any URL that is well. */
  Future<HttpClientRequest> request(HttpMethod method, String target, RandomGenerator random) {
    Endpoint endpoint = balancer.pick(null, null, random);
    return endpoint == null
        ? Future.failedFuture(new ConnectException("none is well"))
        : request(endpoint, method, target);
  }

  /**
   * A request on a connection of its own, its head not yet sent. Waits for a free connection and
   * for the connection itself, each at most for the connect timeout.
   */
  Future<HttpClientRequest> request(Endpoint endpoint, HttpMethod method, String target) {
    lastUsed = System.nanoTime();
    RequestOptions options =
        new RequestOptions()
            .setHost(endpoint.host())
            .setPort(endpoint.port())
            .setSsl(endpoint.tls())
            .setMethod(method)
            .setURI(target)
            .setConnectTimeout(2 * connectMillis);
    if (serverName != null && endpoint.tls()) {
      options
          .setServer(SocketAddress.inetSocketAddress(endpoint.port(), endpoint.host()))
          .setHost(serverName);
    }
    return client.request(options);
  }

  /** Ends a request wherever it is; its connection serves no other after it, but for HTTP/2. */
  static void cut(@Nullable HttpClientRequest request) {
    if (request != null) {
      request.reset(Http2.CANCEL);
      if (!Http2.isSpokenOn(request.connection())) {
        request.connection().close();
      }
    }
  }

  List<Endpoint> endpoints() {
    return endpoints;
  }

  UpstreamState state() {
    return state;
  }

  RetryBudget retries() {
    return retries;
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
