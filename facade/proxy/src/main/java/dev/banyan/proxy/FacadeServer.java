package dev.banyan.proxy;

import dev.banyan.proxy.edge.AcceptWatchdog;
import dev.banyan.proxy.edge.Doorkeeper;
import dev.banyan.proxy.edge.ErrorPath;
import dev.banyan.proxy.edge.GuardedTransport;
import dev.banyan.proxy.edge.RateLimiter;
import dev.banyan.proxy.edge.TrustedProxies;
import dev.banyan.proxy.upstream.UpstreamBook;
import dev.banyan.proxy.upstream.UpstreamBreaker;
import dev.banyan.proxy.upstream.UpstreamView;
import dev.banyan.rules.RoutingTable;
import dev.banyan.rules.RuleSet;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.dns.AddressResolverOptions;
import io.vertx.core.file.FileSystemOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** The listening facade: one HTTP server per event loop, all on one port. */
public final class FacadeServer implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(FacadeServer.class.getName());
  private static final long START_SECONDS = 30;
  private static final long CLOSE_SECONDS = 5;
  private static final int RESOLVED_SECONDS = 30;

  private final Vertx vertx;
  private final OpenPorts ports;
  private final List<FacadeVerticle> loops;
  private final ShadowBudget budget;
  private final RunningRequests running;
  private final SharedParts shared;
  private final Doorkeeper doorkeeper;
  private final AcceptWatchdog watchdog;
  private final HealthProber prober;
  private final Optional<TlsFiles> tls;
  private final Optional<Supplier<RuleSet>> rules;

  private FacadeServer(
      Vertx vertx,
      OpenPorts ports,
      List<FacadeVerticle> loops,
      SharedParts shared,
      Doorkeeper doorkeeper,
      AcceptWatchdog watchdog,
      Optional<TlsFiles> tls,
      Optional<Supplier<RuleSet>> rules) {
    this.tls = tls;
    this.rules = rules;
    this.running = shared.running();
    this.budget = shared.budget();
    this.shared = shared;
    this.doorkeeper = doorkeeper;
    this.watchdog = watchdog;
    this.prober = new HealthProber(vertx, shared.upstreams());
    prober.start();
    this.vertx = vertx;
    this.ports = ports;
    this.loops = loops;
  }

  /** Listens; returns when the port is open. */
  public static FacadeServer start(
      FacadeSettings settings, Supplier<RoutingTable> tables, ExchangeSink sink) {
    return open(
        settings,
        () -> new TableDecider(tables.get()),
        Optional.of(() -> tables.get().rules()),
        sink);
  }

  /** Listens, with something else than a compiled table to decide. */
  static FacadeServer start(FacadeSettings settings, Decider decider, ExchangeSink sink) {
    return open(settings, () -> decider, Optional.empty(), sink);
  }

  private static FacadeServer open(
      FacadeSettings settings,
      Supplier<Decider> tables,
      Optional<Supplier<RuleSet>> rules,
      ExchangeSink sink) {
    UpstreamBreaker.prepare();
    GuardedSink guarded = new GuardedSink(sink);
    Doorkeeper doorkeeper =
        new Doorkeeper(
            settings.edge(), TrustedProxies.of(settings.trustedProxies()), guarded::refused);
    Vertx vertx =
        GuardedTransport.vertx(
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
                        .setClassPathResolvingEnabled(false)),
            doorkeeper);
    ShadowBudget budget = new ShadowBudget(settings.shadowsInFlight(), settings.shadowBytes());
    RunningRequests running = new RunningRequests();
    SharedParts shared =
        new SharedParts(
            guarded, budget, running, new Doors(), new RateLimiter(), new UpstreamBook());
    OpenPorts ports = new OpenPorts();
    Optional<TlsFiles> tls = readTls(settings, vertx);
    rules.ifPresent(of -> new FileShares(doorkeeper, settings, of).start(vertx));
    List<FacadeVerticle> loops =
        Stream.generate(() -> new FacadeVerticle(settings, tables, shared, ports, tls))
            .limit(settings.eventLoops())
            .toList();
    try {
      await(
          vertx.deployVerticle(
              loops.iterator()::next, new DeploymentOptions().setInstances(settings.eventLoops())),
          START_SECONDS);
    } catch (TimeoutException | RuntimeException failed) {
      var _ = vertx.close();
      throw new IllegalStateException(
          "address: " + settings.host() + ":" + settings.port() + " (expected: free to listen on)",
          failed);
    }
    // Not before: some of it wants the native library that the event loops bring.
    ErrorPath.load();
    AcceptWatchdog watchdog =
        FacadeVerticle.sharesPort()
            ? AcceptWatchdog.overShared(ports.plain(), doorkeeper)
            : AcceptWatchdog.over(settings.host(), ports.plain(), doorkeeper);
    return new FacadeServer(vertx, ports, loops, shared, doorkeeper, watchdog, tls, rules);
  }

  private static Optional<TlsFiles> readTls(FacadeSettings settings, Vertx vertx) {
    try {
      return settings.tls().map(listener -> new TlsFiles(listener, vertx));
    } catch (IllegalArgumentException unreadable) {
      var _ = vertx.close();
      throw unreadable;
    }
  }

  /**
   * Reads the files of the TLS port again, for connections that come from now on.
   *
   * @return whether there is such a port
   * @throws IllegalArgumentException with a message for the user; the old ones stay in use then
   */
  public boolean reloadTls() {
    tls.ifPresent(TlsFiles::reload);
    return tls.isPresent();
  }

  /** A name may move: what DNS says is believed for as long as it says, at most half a minute. */
  private static AddressResolverOptions resolving() {
    return new AddressResolverOptions()
        .setCacheMaxTimeToLive(RESOLVED_SECONDS)
        .setHostsRefreshPeriod((int) TimeUnit.SECONDS.toMillis(RESOLVED_SECONDS));
  }

  /** The port that was opened; useful where 0 was asked for. */
  public int port() {
    return ports.plain();
  }

  /** The port with TLS, where one was opened. */
  public OptionalInt tlsPort() {
    return ports.tls();
  }

  /** How the upstreams in use are at this moment; where there are rules, those that these name. */
  public List<UpstreamView> upstreams() {
    UpstreamBook book = shared.upstreams();
    return rules.map(of -> book.views(of.get().upstreams().values())).orElseGet(book::views);
  }

  /** Copies that are waiting for their answer at this moment. */
  public int shadowsInFlight() {
    return budget.inFlight();
  }

  /** Writes that legacy carried out and the migrated side has not yet. */
  public int writesPending() {
    return budget.writes();
  }

  /** Connections of clients held at this moment. */
  public int connections() {
    return doorkeeper.held();
  }

  /** Connections of clients that may be held. */
  public int connectionLimit() {
    return doorkeeper.most();
  }

  /** The longest that an event loop was late within the last ten to twenty seconds. */
  public Duration loopLag() {
    long now = System.nanoTime();
    long worst = 0;
    for (FacadeVerticle loop : loops) {
      worst = Math.max(worst, loop.lag().worstNanos(now));
    }
    return Duration.ofNanos(worst);
  }

  /** Bytes of bodies held for copies at this moment. */
  long shadowBytes() {
    return budget.bytes();
  }

  /** Whether connections are given up after their answer. */
  boolean isDraining() {
    return running.closing();
  }

  /** Requests on their way at this moment. */
  public int requestsInFlight() {
    return running.count();
  }

  /**
   * Accepts no new connection, and waits for what is on its way, on those that stand, to end.
   *
   * @return requests and tunnels that have not ended within the limit
   */
  public int drain(Duration limit) {
    // What is shut on purpose is nothing to end the process for.
    watchdog.close();
    shared.doors().shut();
    running.close();
    long begin = System.nanoTime();
    sayGoodbye(limit);
    long until = begin + limit.toNanos();
    running.drain(until - System.nanoTime());
    // Writes that legacy has carried out are to arrive, too.
    while (budget.writes() > 0 && System.nanoTime() - until < 0) {
      LockSupport.parkNanos(RunningRequests.LOOK_NANOS);
    }
    return running.left();
  }

  /** Nobody is told later than this returns, so that what was sent before is counted as running. */
  private void sayGoodbye(Duration limit) {
    try {
      await(
          Future.join(loops.stream().map(loop -> loop.goAway(limit)).toList()),
          Goodbye.HEARD_WITHIN.toSeconds() + 1);
    } catch (TimeoutException | CompletionException late) {
      LOG.log(Level.FINE, "not every client of HTTP/2 was told", late);
    }
  }

  /** Stops listening and cuts what is left; where nobody drained before, after a few seconds. */
  @Override
  public void close() {
    if (!running.closing()) {
      drain(Duration.ofSeconds(CLOSE_SECONDS));
    }
    prober.stop();
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
