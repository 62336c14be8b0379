package dev.banyan.proxy;

import dev.banyan.proxy.upstream.UpstreamBook;
import dev.banyan.proxy.upstream.UpstreamBreaker;
import dev.banyan.proxy.upstream.UpstreamView;
import dev.banyan.rules.RoutingTable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.dns.AddressResolverOptions;
import io.vertx.core.file.FileSystemOptions;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The listening facade: one HTTP server per event loop, all on one port. */
public final class FacadeServer implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(FacadeServer.class.getName());
  private static final long START_SECONDS = 30;
  private static final long CLOSE_SECONDS = 5;
  private static final int RESOLVED_SECONDS = 30;

  private final Vertx vertx;
  private final int port;
  private final ShadowBudget budget;
  private final ProcessParts process;
  private final HealthProber prober;

  private FacadeServer(
      Vertx vertx, int port, ShadowBudget budget, ProcessParts process, HealthProber prober) {
    this.prober = prober;
    this.process = process;
    this.vertx = vertx;
    this.port = port;
    this.budget = budget;
  }

  /** Listens; returns when the port is open. */
  public static FacadeServer start(
      FacadeSettings settings, Supplier<RoutingTable> tables, ExchangeSink sink) {
    return open(settings, () -> tables.get()::decide, sink);
  }

  /** Listens, with something else than a compiled table to decide. */
  static FacadeServer start(FacadeSettings settings, Decider decider, ExchangeSink sink) {
    return open(settings, () -> decider, sink);
  }

  private static FacadeServer open(
      FacadeSettings settings, Supplier<Decider> tables, ExchangeSink sink) {
    UpstreamBreaker.prepare();
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions()
                .setPreferNativeTransport(true)
                .setDisableTCCL(true)
                .setAddressResolverOptions(resolving())
                .setEventLoopPoolSize(settings.eventLoops())
                .setWorkerPoolSize(2)
                .setInternalBlockingPoolSize(2)
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false)));
    ShadowBudget budget = new ShadowBudget(settings.shadowsInFlight(), settings.shadowBytes());
    GuardedSink guarded = new GuardedSink(sink);
    ProcessParts process = new ProcessParts(new RunningRequests(), new UpstreamBook());
    AtomicInteger port = new AtomicInteger();
    try {
      await(
          vertx.deployVerticle(
              () -> new FacadeVerticle(settings, tables, guarded, budget, process, port),
              new DeploymentOptions().setInstances(settings.eventLoops())),
          START_SECONDS);
    } catch (TimeoutException | RuntimeException failed) {
      var _ = vertx.close();
      throw new IllegalStateException(
          "address: " + settings.host() + ":" + settings.port() + " (expected: free to listen on)",
          failed);
    }
    HealthProber prober = new HealthProber(vertx, process.upstreams());
    prober.start();
    return new FacadeServer(vertx, port.get(), budget, process, prober);
  }

  /** A name may move: what DNS says is believed for as long as it says, at most half a minute. */
  private static AddressResolverOptions resolving() {
    return new AddressResolverOptions()
        .setCacheMaxTimeToLive(RESOLVED_SECONDS)
        .setHostsRefreshPeriod((int) TimeUnit.SECONDS.toMillis(RESOLVED_SECONDS));
  }

  /** The port that was opened; useful where 0 was asked for. */
  public int port() {
    return port;
  }

  /** How the upstreams in use are at this moment. */
  public List<UpstreamView> upstreams() {
    return process.upstreams().views();
  }

  /** Copies that are waiting for their answer at this moment. */
  public int shadowsInFlight() {
    return budget.inFlight();
  }

  /** Bytes of bodies held for copies at this moment. */
  long shadowBytes() {
    return budget.bytes();
  }

  /** Lets running requests end for a few seconds, then stops listening and cuts what is left. */
  @Override
  public void close() {
    prober.stop();
    process.running().drain(TimeUnit.SECONDS.toNanos(CLOSE_SECONDS));
    try {
      await(vertx.close(), CLOSE_SECONDS);
    } catch (TimeoutException late) {
      LOG.log(Level.WARNING, "event loops did not end in time", late);
    }
  }

  private static void await(Future<?> future, long seconds) throws TimeoutException {
    try {
      future.toCompletionStage().toCompletableFuture().get(seconds, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new CompletionException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CompletionException(e);
    }
  }
}
