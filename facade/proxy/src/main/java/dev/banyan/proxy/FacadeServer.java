package dev.banyan.proxy;

import dev.banyan.rules.RoutingTable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
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

  private final Vertx vertx;
  private final int port;
  private final ShadowBudget budget;
  private final RunningRequests running;
  private final Doors doors;
  private final List<LoopLag> lags;

  private FacadeServer(
      Vertx vertx,
      int port,
      ShadowBudget budget,
      RunningRequests running,
      Doors doors,
      List<LoopLag> lags) {
    this.running = running;
    this.doors = doors;
    this.lags = lags;
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
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions()
                .setPreferNativeTransport(true)
                .setDisableTCCL(true)
                .setEventLoopPoolSize(settings.eventLoops())
                .setWorkerPoolSize(2)
                .setInternalBlockingPoolSize(2)
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false)));
    ShadowBudget budget = new ShadowBudget(settings.shadowsInFlight(), settings.shadowBytes());
    GuardedSink guarded = new GuardedSink(sink);
    RunningRequests running = new RunningRequests();
    Doors doors = new Doors();
    List<LoopLag> lags = new CopyOnWriteArrayList<>();
    SharedParts shared = new SharedParts(guarded, budget, running, doors);
    AtomicInteger port = new AtomicInteger();
    try {
      await(
          vertx.deployVerticle(
              () -> {
                LoopLag lag = new LoopLag();
                lags.add(lag);
                return new FacadeVerticle(settings, tables, shared, lag, port);
              },
              new DeploymentOptions().setInstances(settings.eventLoops())),
          START_SECONDS);
    } catch (TimeoutException | RuntimeException failed) {
      var _ = vertx.close();
      throw new IllegalStateException(
          "address: " + settings.host() + ":" + settings.port() + " (expected: free to listen on)",
          failed);
    }
    return new FacadeServer(vertx, port.get(), budget, running, doors, lags);
  }

  /** The port that was opened; useful where 0 was asked for. */
  public int port() {
    return port;
  }

  /** Copies that are waiting for their answer at this moment. */
  public int shadowsInFlight() {
    return budget.inFlight();
  }

  /** The longest that an event loop was late within the last ten to twenty seconds. */
  public Duration loopLag() {
    long now = System.nanoTime();
    long worst = 0;
    for (LoopLag lag : lags) {
      worst = Math.max(worst, lag.worstNanos(now));
    }
    return Duration.ofNanos(worst);
  }

  /** Bytes of bodies held for copies at this moment. */
  long shadowBytes() {
    return budget.bytes();
  }

  /** Requests on their way at this moment. */
  public int requestsInFlight() {
    return running.count();
  }

  /**
   * Accepts no new connection, and waits for what is on its way, on those that stand, to end.
   *
   * @return requests that have not ended within the limit
   */
  public int drain(Duration limit) {
    doors.shut();
    running.drain(limit.toNanos());
    return running.count();
  }

  /** Stops listening and cuts what is left; where nobody drained before, after a few seconds. */
  @Override
  public void close() {
    if (!running.closing()) {
      drain(Duration.ofSeconds(CLOSE_SECONDS));
    }
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
