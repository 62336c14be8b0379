package dev.banyan.proxy;

import dev.banyan.proxy.upstream.UpstreamBook;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** One event loop's server; all of them share the port. */
final class FacadeVerticle extends AbstractVerticle {
  /** http.sys takes 16 kB; Kerberos tokens come to 48 kB. */
  static final int MAX_LINE = 16 * 1024;

  static final int MAX_HEADERS = 64 * 1024;
  private static final int BACKLOG = 1024;
  private static final long SWEEP_MILLIS = 10_000;

  private final FacadeSettings settings;
  private final Supplier<Decider> tables;
  private final GuardedSink sink;
  private final ShadowBudget budget;
  private final ProcessParts process;
  private final AtomicInteger port;
  private final Deadlines deadlines = new Deadlines();

  FacadeVerticle(
      FacadeSettings settings,
      Supplier<Decider> tables,
      GuardedSink sink,
      ShadowBudget budget,
      ProcessParts process,
      AtomicInteger port) {
    this.settings = settings;
    this.tables = tables;
    this.sink = sink;
    this.budget = budget;
    this.process = process;
    this.port = port;
  }

  @Override
  public void start(Promise<Void> started) {
    SplittableRandom random = new SplittableRandom();
    Upstreams live = new Upstreams(vertx, process.upstreams());
    ShadowSender shadows =
        new ShadowSender(new Upstreams(vertx, new UpstreamBook()), deadlines, budget, sink, random);
    LoopParts loop =
        new LoopParts(
            context,
            live,
            deadlines,
            shadows,
            budget,
            new ForwardedHeaders(Set.copyOf(settings.trustedProxies())),
            sink,
            process.running(),
            random);
    vertx.setPeriodic(Deadlines.TICK_MILLIS, t -> deadlines.tick());
    vertx.setPeriodic(
        SWEEP_MILLIS,
        t -> {
          live.sweep();
          shadows.sweep();
        });
    HttpServer server = vertx.createHttpServer(options());
    // Who leaves is told to the exchange; a reset is no news to the log.
    server.connectionHandler(connection -> connection.exceptionHandler(e -> {}));
    server.requestHandler(new FacadeHandler(tables, loop));
    server.invalidRequestHandler(FacadeHandler::invalid);
    server
        // A negative port is any free one, the same for all who name it.
        .listen(settings.port() == 0 ? -1 : settings.port(), settings.host())
        .onSuccess(
            open -> {
              port.set(open.actualPort());
              started.complete();
            })
        .onFailure(started::fail);
  }

  private HttpServerOptions options() {
    return new HttpServerOptions()
        .setTcpNoDelay(true)
        .setAcceptBacklog(BACKLOG)
        .setIdleTimeout((int) Math.max(1, settings.idleTimeout().toMillis()))
        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
        .setMaxInitialLineLength(MAX_LINE)
        .setMaxHeaderSize(MAX_HEADERS)
        .setHttp2ClearTextEnabled(false)
        .setCompressionSupported(false)
        .setDecompressionSupported(false);
  }
}
