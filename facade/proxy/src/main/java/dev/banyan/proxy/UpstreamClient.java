package dev.banyan.proxy;

import dev.banyan.proxy.copies.Copy;
import dev.banyan.proxy.copies.CopyPool;
import dev.banyan.proxy.copies.CopyStream;
import dev.banyan.proxy.upstream.Balancer;
import dev.banyan.proxy.upstream.Endpoint;
import dev.banyan.proxy.upstream.Loss;
import dev.banyan.proxy.upstream.RetryBudget;
import dev.banyan.proxy.upstream.UpstreamState;
import dev.banyan.rules.Upstream;
import dev.banyan.rules.UpstreamPolicies;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.NetClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The connections of one event loop to one upstream. */
final class UpstreamClient {
  /** Of a connection that is never idle; a quarter more at the most. */
  private static final Duration LIFETIME = Duration.ofMinutes(2);

  private final Vertx vertx;
  private final Duration lifetime;
  private final HttpClient client;
  private final UpstreamState state;
  private final List<Endpoint> endpoints;
  private final Map<Endpoint, EndpointPool> pools = new HashMap<>();
  private final Map<Endpoint, EndpointPool> upgradePools = new HashMap<>();
  private final Balancer balancer;
  private final Affinities affinities;
  private final RetryBudget retries;
  private final long timeoutNanos;
  private final boolean http2;
  private final Map<Endpoint, CopyPool> copyPools = new HashMap<>();
  private @Nullable HttpClient upgrades;
  private @Nullable NetClient copySockets;
  private int open;
  private long lastUsed = System.nanoTime();

  UpstreamClient(Vertx vertx, UpstreamState state) {
    this(vertx, state, LIFETIME);
  }

  UpstreamClient(Vertx vertx, UpstreamState state, Duration lifetime) {
    this.vertx = vertx;
    this.lifetime = lifetime;
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
    timeoutNanos = upstream.timeout().toNanos();
    http2 = upstream.protocol() == Upstream.Protocol.HTTP2;
    client = client(UpstreamOptions.of(upstream));
  }

  private HttpClient client(HttpClientOptions options) {
    return vertx
        .httpClientBuilder()
        .with(options)
        .with(UpstreamOptions.pool(state.upstream()))
        .withConnectHandler(this::opened)
        .build();
  }

  private void opened(HttpConnection connection) {
    // The request that a lost connection carried is told by its own handlers.
    connection.exceptionHandler(e -> {});
    long retiresAt = retiresAt();
    AnswerWatch.on(connection, retiresAt);
    StreamConnection.on(connection, retiresAt);
  }

  /** When one that is opened now goes: not all of those that were opened together go together. */
  private long retiresAt() {
    double share = 1 + ThreadLocalRandom.current().nextDouble() / 4;
    return System.nanoTime() + (long) (lifetime.toNanos() * share);
  }

  /**
   * The URL that takes the request, or null where none does.
   *
   * @param not where it has just failed
   */
  @Nullable Endpoint pick(MultiMap headers, @Nullable Endpoint not, RandomGenerator random) {
    return balancer.pick(affinities.value(headers), not, random);
  }

  /** A copy to any URL that is well. */
  CopyStream send(Copy copy, RandomGenerator random) {
    Endpoint endpoint = balancer.pick(null, null, random);
    if (endpoint == null) {
      return ClientCopy.nowhere(copy);
    }
    if (http2 || endpoint.tls()) {
      HttpMethod method = HttpMethod.valueOf(copy.method());
      return new ClientCopy(copy).over(request(endpoint, method, copy.target()));
    }
    lastUsed = System.nanoTime();
    return copyPools.computeIfAbsent(endpoint, this::copyPool).send(copy);
  }

  private CopyPool copyPool(Endpoint endpoint) {
    NetClient sockets = copySockets;
    if (sockets == null) {
      sockets = vertx.createNetClient(UpstreamOptions.ofCopies(state.upstream()));
      copySockets = sockets;
    }
    return new CopyPool(
        vertx,
        sockets,
        new CopyPool.Target(endpoint.host(), endpoint.port(), endpoint.authority()),
        UpstreamOptions.copies(state.upstream()),
        this::retiresAt);
  }

  /**
   * A request with a place on a connection, its head not yet sent. Waits for the place at most for
   * twice the connect timeout.
   */
  Future<HttpClientRequest> request(Endpoint endpoint, HttpMethod method, String target) {
    lastUsed = System.nanoTime();
    return pools.computeIfAbsent(endpoint, at -> pool(client, at)).request(method, target);
  }

  /** The same on a connection of HTTP/1.1, for an Upgrade, which HTTP/2 does not have. */
  Future<HttpClientRequest> upgrade(Endpoint endpoint, String target) {
    if (!http2) {
      return request(endpoint, HttpMethod.GET, target);
    }
    lastUsed = System.nanoTime();
    HttpClient plain = upgrades;
    if (plain == null) {
      plain = client(UpstreamOptions.ofUpgrades(state.upstream()));
      upgrades = plain;
    }
    HttpClient over = plain;
    return upgradePools
        .computeIfAbsent(endpoint, at -> pool(over, at))
        .request(HttpMethod.GET, target);
  }

  private EndpointPool pool(HttpClient over, Endpoint endpoint) {
    Upstream upstream = state.upstream();
    return new EndpointPool(
        over,
        endpoint,
        upstream.policies().tls().serverName().orElse(null),
        UpstreamOptions.pool(upstream),
        UpstreamOptions.waitMillis(upstream));
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

  /** What is known of a request that ended before its answer began. */
  static Loss loss(HttpClientRequest request, Throwable cause) {
    StreamConnection streams = StreamConnection.of(request.connection());
    if (streams != null) {
      return streams.loss(request, cause);
    }
    return AnswerWatch.hasAnswered(request.connection()) ? Loss.KEPT : Loss.OTHER;
  }

  /** The request has waited in vain: is anybody there? Of HTTP/1 nothing is to be asked. */
  static void doubt(@Nullable HttpClientRequest request) {
    StreamConnection streams = request == null ? null : StreamConnection.of(request.connection());
    if (streams != null) {
      streams.doubt();
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

  /** Ends the connections that have been idle for too long. */
  void sweep() {
    copyPools.values().forEach(CopyPool::sweep);
  }

  void close() {
    client.close();
    if (copySockets != null) {
      copySockets.close();
    }
    if (upgrades != null) {
      upgrades.close();
    }
  }
}
