package dev.banyan.proxy;

import dev.banyan.rules.Upstream;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The connections of one event loop to all upstreams. An upstream that changes in the rules is
 * another value, so it gets new connections; those of the old one are closed when nobody has asked
 * for it for a while.
 */
final class Upstreams {
  private static final int MAX_LINE = 16 * 1024;
  private static final int MAX_HEADERS = 64 * 1024;
  private static final long SWEEP_MILLIS = 60_000;
  private static final long UNUSED_NANOS = TimeUnit.MINUTES.toNanos(10);

  /**
   * Shorter than what IIS (120 s), Kestrel (130 s) and Mono's listener (15 s) keep an idle
   * connection for.
   */
  private static final int KEEP_ALIVE_SECONDS = 10;

  private final Vertx vertx;
  private final Map<Upstream, Pool> pools = new HashMap<>();

  Upstreams(Vertx vertx) {
    this.vertx = vertx;
    vertx.setPeriodic(SWEEP_MILLIS, timer -> closeUnused());
  }

  private static final class Pool {
    final HttpClient client;
    final RequestOptions[] targets;
    int next;
    long lastUsed;

    Pool(HttpClient client, RequestOptions[] targets) {
      this.client = client;
      this.targets = targets;
    }
  }

  /** A request on a connection of its own; several URLs take turns. */
  Future<HttpClientRequest> request(Upstream upstream, HttpMethod method, String target) {
    Pool pool = pools.get(upstream);
    if (pool == null) {
      pool = open(upstream);
      pools.put(upstream, pool);
    }
    pool.lastUsed = System.nanoTime();
    RequestOptions base = pool.targets[pool.next];
    pool.next = (pool.next + 1) % pool.targets.length;
    return pool.client.request(new RequestOptions(base).setMethod(method).setURI(target));
  }

  private Pool open(Upstream upstream) {
    boolean tls = upstream.urls().stream().anyMatch(url -> "https".equals(url.getScheme()));
    HttpClientOptions options =
        new HttpClientOptions()
            .setConnectTimeout((int) upstream.connectTimeout().toMillis())
            .setMaxInitialLineLength(MAX_LINE)
            .setMaxHeaderSize(MAX_HEADERS)
            .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
            .setTcpNoDelay(true)
            .setDecompressionSupported(false)
            .setVerifyHost(tls);
    PoolOptions pool =
        new PoolOptions()
            .setHttp1MaxSize(upstream.connections())
            .setMaxWaitQueueSize(4 * upstream.connections());
    RequestOptions[] targets =
        upstream.urls().stream().map(Upstreams::target).toArray(RequestOptions[]::new);
    return new Pool(vertx.createHttpClient(options, pool), targets);
  }

  private static RequestOptions target(URI url) {
    boolean tls = "https".equals(url.getScheme());
    return new RequestOptions()
        .setHost(url.getHost())
        .setPort(url.getPort() >= 0 ? url.getPort() : tls ? 443 : 80)
        .setSsl(tls);
  }

  private void closeUnused() {
    long now = System.nanoTime();
    pools
        .values()
        .removeIf(
            pool -> {
              boolean unused = now - pool.lastUsed > UNUSED_NANOS;
              if (unused) {
                pool.client.close();
              }
              return unused;
            });
  }
}
