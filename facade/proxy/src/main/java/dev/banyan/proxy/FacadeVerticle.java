package dev.banyan.proxy;

import dev.banyan.proxy.edge.GuardRound;
import dev.banyan.proxy.edge.TrustedProxies;
import dev.banyan.proxy.upstream.UpstreamBook;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One event loop's server; all of them share the port. */
final class FacadeVerticle extends AbstractVerticle {
  /** http.sys takes 16 kB; Kerberos tokens come to 48 kB. */
  static final int MAX_LINE = 16 * 1024;

  static final int MAX_HEADERS = 64 * 1024;
  private static final int BACKLOG = 1024;
  private static final long SWEEP_MILLIS = 10_000;

  /** For the streams of who came while the facade was leaving. */
  private static final Duration LATE = Duration.ofSeconds(10);

  private final FacadeSettings settings;
  private final Supplier<Decider> tables;
  private final SharedParts shared;
  private final OpenPorts ports;
  private final Optional<TlsFiles> tls;
  private final GuardRound round;
  private final LoopLag lag = new LoopLag();
  private final Set<HttpConnection> manyStreams = new HashSet<>();
  private final Deadlines deadlines = new Deadlines();
  private final IdleRule idle = new IdleRule(deadlines);
  private @Nullable ShadowSender shadows;

  FacadeVerticle(
      FacadeSettings settings,
      Supplier<Decider> tables,
      SharedParts shared,
      OpenPorts ports,
      Optional<TlsFiles> tls) {
    this.settings = settings;
    this.tls = tls;
    this.tables = tables;
    this.shared = shared;
    this.ports = ports;
    this.round = new GuardRound(settings.edge(), shared.sink()::refused, shared.running()::closing);
  }

  @Override
  public void start(Promise<Void> started) {
    SplittableRandom random = new SplittableRandom();
    SchedulingSlice.shorten();
    Upstreams live = new Upstreams(vertx, shared.upstreams(), tables);
    ShadowSender sender =
        new ShadowSender(
            context,
            new Upstreams(vertx, new UpstreamBook(), tables),
            deadlines,
            shared.budget(),
            shared.sink(),
            random);
    shadows = sender;
    LoopParts loop =
        new LoopParts(
            context,
            live,
            deadlines,
            sender,
            shared.budget(),
            new ForwardedHeaders(TrustedProxies.of(settings.trustedProxies())),
            shared.sink(),
            shared.running(),
            settings.edge(),
            random);
    vertx.setPeriodic(
        Deadlines.TICK_MILLIS,
        t -> {
          lag.tick(System.nanoTime());
          deadlines.tick();
        });
    vertx.setPeriodic(
        SWEEP_MILLIS,
        t -> {
          live.sweep();
          sender.sweep();
        });
    round.servesThisLoop();
    vertx.setPeriodic(round.everyMillis(), t -> round.look());
    FacadeHandler handler = new FacadeHandler(tables, loop, settings.edge(), shared.limiter());
    listen(options(), settings.port(), handler)
        .onSuccess(open -> ports.plain(open.actualPort()))
        .compose(open -> listenTls(handler))
        .onSuccess(v -> started.complete())
        .onFailure(started::fail);
  }

  @Override
  public void stop() {
    ShadowSender sender = shadows;
    if (sender != null) {
      sender.stop();
    }
  }

  private Future<Void> listenTls(FacadeHandler handler) {
    if (tls.isEmpty()) {
      return Future.succeededFuture();
    }
    HttpServerOptions options = options();
    tls.get().configure(options);
    return listen(options, tls.get().port(), handler)
        .onSuccess(open -> ports.tls(open.actualPort()))
        .mapEmpty();
  }

  private Future<HttpServer> listen(HttpServerOptions options, int port, FacadeHandler handler) {
    HttpServer server = vertx.createHttpServer(options);
    server.connectionHandler(this::connected);
    server.requestHandler(handler);
    server.invalidRequestHandler(handler::invalid);
    // A negative port is any free one, the same for all who name it.
    return server.listen(port == 0 ? -1 - (options.isSsl() ? 1 : 0) : port, settings.host());
  }

  private void connected(HttpConnection connection) {
    // Who leaves is told to the exchange; a reset is no news to the log.
    connection.exceptionHandler(e -> {});
    round.guard(connection);
    idle.on(connection);
    shared.doors().note(connection);
    if (Http2.isSpokenOn(connection)) {
      manyStreams.add(connection);
      connection.closeHandler(v -> manyStreams.remove(connection));
      if (shared.running().closing()) {
        var _ = new Goodbye(vertx, LATE).to(connection);
      }
    }
  }

  LoopLag lag() {
    return lag;
  }

  /** Says goodbye to the clients of HTTP/2; done when all of them have been told. */
  Future<Void> goAway(Duration limit) {
    Promise<Void> told = Promise.promise();
    Goodbye goodbye = new Goodbye(vertx, limit);
    context.runOnContext(
        v ->
            Future.join(manyStreams.stream().map(goodbye::to).toList())
                .<Void>mapEmpty()
                .onComplete(told));
    return told.future();
  }

  /** Whether several processes may share the port: the kernel spreads connections over them. */
  static boolean sharesPort() {
    return Boolean.getBoolean("banyan.reuse-port");
  }

  private HttpServerOptions options() {
    return new HttpServerOptions()
        .setTcpNoDelay(true)
        .setAcceptBacklog(BACKLOG)
        .setReusePort(sharesPort())
        .setIdleTimeout((int) Math.max(1, settings.idleTimeout().toMillis()))
        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
        .setMaxInitialLineLength(settings.edge().line())
        .setMaxHeaderSize(settings.edge().headerBytes())
        .setHttp2ClearTextEnabled(true)
        .setHttp2ConnectionWindowSize(Http2.CONNECTION_WINDOW)
        .setInitialSettings(Http2.settings().setMaxHeaderListSize(settings.edge().headerBytes()))
        .setCompressionSupported(false)
        .setDecompressionSupported(false);
  }
}
