package dev.banyan.proxy;

import dev.banyan.rules.RoutingTable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * The listening facade: one HTTP server per event loop, all on one port. Its event loops are its
 * own, so that nothing the admin side does can hold a request up.
 */
public final class FacadeServer implements AutoCloseable {
  private static final long START_SECONDS = 30;
  private static final long STOP_SECONDS = 10;

  private final Vertx vertx;
  private final ShadowBudget budget;
  private final List<EventLoopServer> loops;

  private FacadeServer(Vertx vertx, ShadowBudget budget, List<EventLoopServer> loops) {
    this.vertx = vertx;
    this.budget = budget;
    this.loops = loops;
  }

  /** Listens; returns when the port is open. */
  public static FacadeServer start(
      FacadeSettings settings, Supplier<RoutingTable> tables, ExchangeSink sink) {
    return start(settings, (head, ticket) -> tables.get().decide(head, ticket), sink);
  }

  static FacadeServer start(FacadeSettings settings, Decider decider, ExchangeSink sink) {
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions()
                .setPreferNativeTransport(true)
                .setEventLoopPoolSize(settings.eventLoops())
                .setDisableTCCL(true));
    ShadowBudget budget = new ShadowBudget(settings.shadowsInFlight(), settings.shadowBytes());
    List<EventLoopServer> loops = new CopyOnWriteArrayList<>();
    SharedPort port = new SharedPort(settings.port());
    Supplier<EventLoopServer> factory =
        () -> {
          EventLoopServer loop =
              new EventLoopServer(settings, port, decider, new SafeSink(sink), budget);
          loops.add(loop);
          return loop;
        };
    try {
      // The first one finds the port where any will do; the others then share it.
      await(vertx.deployVerticle(factory::get, new DeploymentOptions()), START_SECONDS);
      if (settings.eventLoops() > 1) {
        await(
            vertx.deployVerticle(
                factory::get, new DeploymentOptions().setInstances(settings.eventLoops() - 1)),
            START_SECONDS);
      }
    } catch (IllegalStateException failed) {
      vertx.close();
      throw failed;
    }
    return new FacadeServer(vertx, budget, loops);
  }

  /** The port that was opened; useful where 0 was asked for. */
  public int port() {
    return loops.get(0).port();
  }

  /** Copies that are waiting for their answer at this moment. */
  public int shadowsInFlight() {
    return budget.inFlight();
  }

  /** Stops listening, lets running requests end for a few seconds, then cuts what is left. */
  @Override
  public void close() {
    try {
      await(Future.join(loops.stream().map(EventLoopServer::drain).toList()), STOP_SECONDS);
    } catch (IllegalStateException notInTime) {
      System.getLogger(FacadeServer.class.getName())
          .log(System.Logger.Level.WARNING, "requests were cut at shutdown");
    }
    try {
      await(vertx.close(), STOP_SECONDS);
    } catch (IllegalStateException notInTime) {
      System.getLogger(FacadeServer.class.getName())
          .log(System.Logger.Level.WARNING, "event loops did not end in time");
    }
  }

  private static void await(Future<?> future, long seconds) {
    try {
      future.toCompletionStage().toCompletableFuture().get(seconds, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IllegalStateException(String.valueOf(cause.getMessage()), cause);
    } catch (TimeoutException e) {
      throw new IllegalStateException("not done within " + seconds + " s", e);
    }
  }
}
