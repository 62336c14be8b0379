package dev.banyan.app.flipping;

import dev.banyan.app.background.Rounds;
import dev.banyan.app.store.ReplicaStore;
import dev.banyan.migration.FlipCommand;
import dev.banyan.migration.FlipCoordinator;
import dev.banyan.migration.FlipResult;
import dev.banyan.migration.FlipWatch;
import dev.banyan.migration.TableKeeper;
import dev.banyan.migration.WatchVerdict;
import dev.banyan.rules.RoutingTable;
import dev.banyan.rules.Stage;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalLong;

/**
 * Looks at the watch ten times a second, and takes a route that breaches back to legacy: the swap
 * first, the ledger, the disk and the other replicas after it. A breach never waits for another
 * one's ledger.
 */
@Singleton
public class WatchLoop {
  /** Who the ledger says rolled back. */
  public static final String WHO = "banyan-watch";

  private static final Logger LOG = System.getLogger(WatchLoop.class.getName());
  private static final Duration LOOKS_EVERY = Duration.ofMillis(100);

  private final FlipWatch watch;
  private final FlipCoordinator flips;
  private final TableKeeper tables;
  private final Breaches breaches;
  private final String replica;
  private final InstantSource clock;
  private final Rounds rounds =
      new Rounds(Thread.ofPlatform().daemon().name("flip-watch"), LOOKS_EVERY, this::look);

  WatchLoop(
      FlipWatch watch,
      FlipCoordinator flips,
      TableKeeper tables,
      Breaches breaches,
      ReplicaStore replicas,
      InstantSource clock) {
    this.watch = watch;
    this.flips = flips;
    this.tables = tables;
    this.breaches = breaches;
    this.replica = replicas.id();
    this.clock = clock;
  }

  public void start() {
    breaches.start();
    rounds.startAfterPause();
  }

  public void stop() {
    rounds.stop();
    breaches.stop();
  }

  private void look() {
    RoutingTable table = tables.get();
    Instant now = clock.instant();
    table
        .stages()
        .forEach(
            (routeId, stage) -> {
              if (stage instanceof Stage.Canary || stage instanceof Stage.Live) {
                look(table, routeId, now);
              }
            });
  }

  /** One route's trouble must not keep the others from being watched. */
  private void look(RoutingTable table, String routeId, Instant now) {
    try {
      watch
          .look(routeId, TableNews.policy(table, routeId), now)
          .ifPresent(
              breach ->
                  Thread.ofVirtual()
                      .name("breach-" + routeId)
                      .start(() -> rollBack(routeId, breach)));
    } catch (RuntimeException unforeseen) {
      LOG.log(Level.ERROR, "a route could not be watched: routeId=" + routeId, unforeseen);
    }
  }

  private void rollBack(String routeId, WatchVerdict.Breach breach) {
    String why = "breach seen by replica " + replica + ": " + String.join("; ", breach.reasons());
    FlipResult result =
        flips.flip(
            new FlipCommand(
                routeId,
                new Stage.Legacy(),
                WHO,
                why,
                OptionalLong.empty(),
                FlipCommand.Mode.JUDGED));
    breaches.tell();
    LOG.log(
        Level.WARNING,
        "rolled back: routeId="
            + routeId
            + " result="
            + result.getClass().getSimpleName()
            + " "
            + why);
  }
}
