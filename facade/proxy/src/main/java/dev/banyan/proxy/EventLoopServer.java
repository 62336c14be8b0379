package dev.banyan.proxy;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One HTTP server with its upstream connections, all on one event loop. */
final class EventLoopServer extends AbstractVerticle {
  /** Room for a long query; http.sys and IIS take 16 kB by default. */
  private static final int MAX_LINE = 16 * 1024;

  /** Room for Kerberos tokens, which reach 48 kB. */
  private static final int MAX_HEADERS = 64 * 1024;

  private static final long DRAIN_MILLIS = 5_000;

  private final FacadeSettings settings;
  private final SharedPort port;
  private final Decider decider;
  private final ExchangeSink sink;
  private final ShadowBudget budget;
  private @Nullable HttpServer server;
  private @Nullable FacadeHandler handler;

  EventLoopServer(
      FacadeSettings settings,
      SharedPort port,
      Decider decider,
      ExchangeSink sink,
      ShadowBudget budget) {
    this.settings = settings;
    this.port = port;
    this.decider = decider;
    this.sink = sink;
    this.budget = budget;
  }

  @Override
  public void start(Promise<Void> started) {
    Deadlines deadlines = new Deadlines(vertx);
    ShadowSender shadows = new ShadowSender(new Upstreams(vertx), deadlines, budget, sink);
    FacadeHandler facade =
        new FacadeHandler(
            decider,
            new ForwardedHeaders(settings.trustedProxies()),
            new Forwarder(new Upstreams(vertx), deadlines, sink, shadows));
    handler = facade;
    HttpServer listening =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setHost(settings.host())
                    .setPort(port.port())
                    .setMaxInitialLineLength(MAX_LINE)
                    .setMaxHeaderSize(MAX_HEADERS)
                    .setHandle100ContinueAutomatically(false)
                    .setHttp2ClearTextEnabled(false)
                    .setCompressionSupported(false)
                    .setDecompressionSupported(false)
                    .setTcpNoDelay(true)
                    .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                    .setIdleTimeout((int) settings.idleTimeout().toMillis()))
            .requestHandler(facade)
            .invalidRequestHandler(InvalidRequests::answer);
    server = listening;
    listening
        .listen()
        .onSuccess(s -> port.opened(s.actualPort()))
        .<Void>mapEmpty()
        .onComplete(started);
  }

  int port() {
    return Objects.requireNonNull(server, "not started").actualPort();
  }

  /** Takes no new connections and waits for the running requests. */
  Future<Void> drain() {
    Promise<Void> done = Promise.promise();
    context.runOnContext(
        v -> {
          FacadeHandler facade = Objects.requireNonNull(handler, "not started");
          long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(DRAIN_MILLIS);
          facade.refuseNewConnections();
          vertx.setPeriodic(
              10,
              timer -> {
                if (facade.running() == 0 || System.nanoTime() > end) {
                  vertx.cancelTimer(timer);
                  done.tryComplete();
                }
              });
        });
    return done.future();
  }
}
