package dev.banyan.proxy;

import dev.banyan.proxy.outgoing.Http1Pool;
import dev.banyan.rules.Upstream;
import dev.banyan.rules.UpstreamTls;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How the connections to an upstream are made, and how many of them there may be. */
final class UpstreamOptions {
  /** Below the keep-alive of the servers seen in the field, the shortest of which has 15 s. */
  private static final int KEEP_ALIVE_SECONDS = 12;

  private static final int WAITING_PER_CONNECTION = 4;

  /** One client's connection of HTTP/2 may send a hundred requests at once. */
  private static final int WAITING_AT_LEAST = 100;

  private UpstreamOptions() {}

  /** For what the rule says is spoken. */
  static HttpClientOptions of(Upstream upstream) {
    boolean http2 = upstream.protocol() == Upstream.Protocol.HTTP2;
    return common(upstream)
        .setProtocolVersion(http2 ? HttpVersion.HTTP_2 : HttpVersion.HTTP_1_1)
        .setUseAlpn(http2)
        .setHttp2ClearTextUpgrade(false)
        .setHttp2MultiplexingLimit(Http2.STREAMS)
        .setHttp2KeepAliveTimeout(KEEP_ALIVE_SECONDS)
        .setInitialSettings(Http2.settings().setPushEnabled(false));
  }

  /**
   * For an Upgrade at an upstream of HTTP/2, which has none: HTTP/1.1, and nothing else by ALPN.
   */
  static HttpClientOptions ofUpgrades(Upstream upstream) {
    return common(upstream)
        .setProtocolVersion(HttpVersion.HTTP_1_1)
        .setUseAlpn(true)
        .setAlpnVersions(List.of(HttpVersion.HTTP_1_1));
  }

  private static HttpClientOptions common(Upstream upstream) {
    int connectMillis = connectMillis(upstream);
    HttpClientOptions options =
        new HttpClientOptions()
            .setKeepAlive(true)
            .setPipelining(false)
            .setTcpNoDelay(true)
            .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
            .setConnectTimeout(connectMillis)
            // The kernel of a server that stands still goes on taking connections.
            .setSslHandshakeTimeout(connectMillis)
            .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
            .setDecompressionSupported(false)
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

  /** For a URL without TLS, where HTTP/1.1 is spoken. */
  static NetClientOptions plain(Upstream upstream) {
    return new NetClientOptions().setTcpNoDelay(true).setConnectTimeout(connectMillis(upstream));
  }

  /** What these connections to one URL may be: as those of vertx-core's client are. */
  static Http1Pool.Limits plainLimits(Upstream upstream) {
    PoolOptions most = pool(upstream);
    return new Http1Pool.Limits(
        most.getHttp1MaxSize(),
        most.getMaxWaitQueueSize(),
        waitMillis(upstream),
        TimeUnit.SECONDS.toNanos(KEEP_ALIVE_SECONDS),
        FacadeVerticle.MAX_LINE,
        FacadeVerticle.MAX_HEADERS);
  }

  /** The longest that a request waits for its place on a connection. */
  static long waitMillis(Upstream upstream) {
    return 2 * Math.max(1, upstream.connectTimeout().toMillis());
  }

  private static int connectMillis(Upstream upstream) {
    return Math.clamp(upstream.connectTimeout().toMillis(), 1, Integer.MAX_VALUE);
  }

  /** For one URL. */
  static PoolOptions pool(Upstream upstream) {
    return new PoolOptions()
        .setHttp1MaxSize(upstream.connections())
        .setHttp2MaxSize(Math.max(1, upstream.connections() / Http2.STREAMS))
        .setMaxWaitQueueSize(
            Math.max(WAITING_AT_LEAST, WAITING_PER_CONNECTION * upstream.connections()));
  }
}
