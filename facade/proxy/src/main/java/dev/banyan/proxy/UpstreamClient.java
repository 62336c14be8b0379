package dev.banyan.proxy;

import dev.banyan.proxy.outgoing.Asked;
import dev.banyan.proxy.outgoing.Asker;
import dev.banyan.proxy.outgoing.Copy;
import dev.banyan.proxy.outgoing.Http1Pool;
import dev.banyan.proxy.upstream.Balancer;
import dev.banyan.proxy.upstream.Endpoint;
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
import java.net.ConnectException;
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
  private final Map<Endpoint, Http1Pool> plainPools = new HashMap<>();
  private final Map<Endpoint, Http1Pool> copyPools = new HashMap<>();
  private @Nullable HttpClient upgrades;
  private @Nullable NetClient plainSockets;
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
  Asked send(Copy copy, RandomGenerator random) {
    Endpoint endpoint = balancer.pick(null, null, random);
    if (endpoint == null) {
      ClientCopy nowhere = new ClientCopy(copy);
      nowhere.unreached(new ConnectException("none is well"));
      return nowhere;
    }
    if (http2 || endpoint.tls()) {
      ClientCopy sent = new ClientCopy(copy);
      var _ = ask(endpoint, HttpMethod.valueOf(copy.method()), copy.target(), false, sent);
      return sent;
    }
    lastUsed = System.nanoTime();
    return copyPools.computeIfAbsent(endpoint, this::plainPool).send(copy);
  }

  private Http1Pool plainPool(Endpoint endpoint) {
    NetClient sockets = plainSockets;
    if (sockets == null) {
      sockets = vertx.createNetClient(UpstreamOptions.plain(state.upstream()));
      plainSockets = sockets;
    }
    return new Http1Pool(
        vertx,
        sockets,
        new Http1Pool.Target(endpoint.host(), endpoint.port(), endpoint.authority()),
        UpstreamOptions.plainLimits(state.upstream()),
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

  /**
   * Gives a request its place on a connection. Over vertx-core's client it waits for that also when
   * it is cut, and gives it back.
   *
   * @param upgrade whether it asks for another protocol, which HTTP/2 does not have
   */
  Asked ask(Endpoint endpoint, HttpMethod method, String target, boolean upgrade, Asker asker) {
    if (!endpoint.tls() && (upgrade || !http2)) {
      lastUsed = System.nanoTime();
      return plainPools
          .computeIfAbsent(endpoint, this::plainPool)
          .request(method.name(), target, asker);
    }
    Future<HttpClientRequest> place =
        upgrade ? upgrade(endpoint, target) : request(endpoint, method, target);
    ClientRequest.ask(place, http2 && !upgrade, asker);
    return () -> {};
  }

  private Future<HttpClientRequest> upgrade(Endpoint endpoint, String target) {
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

  List<Endpoint> endpoints() {
    return endpoints;
  }

  UpstreamState state() {
    return state;
  }

  RetryBudget retries() {
    return retries;
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
    plainPools.values().forEach(Http1Pool::sweep);
    copyPools.values().forEach(Http1Pool::sweep);
  }

  void close() {
    client.close();
    if (plainSockets != null) {
      plainSockets.close();
    }
    if (upgrades != null) {
      upgrades.close();
    }
  }
}
