package dev.banyan.app.flipping;

import dev.banyan.app.background.Rounds;
import dev.banyan.app.evidence.SharedEvidence;
import dev.banyan.app.store.PromoterLock;
import dev.banyan.app.store.StoreLink;
import dev.banyan.migration.Evidence;
import dev.banyan.migration.FlipCommand;
import dev.banyan.migration.FlipCoordinator;
import dev.banyan.migration.FlipResult;
import dev.banyan.migration.FlipWatch;
import dev.banyan.migration.Gate;
import dev.banyan.migration.Promoter;
import dev.banyan.migration.Promotion;
import dev.banyan.migration.TableKeeper;
import dev.banyan.rules.CanaryPolicy;
import dev.banyan.rules.Route;
import dev.banyan.rules.RouteTarget;
import dev.banyan.rules.Stage;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;

/**
 * Takes the steps of routes whose {@code canary.mode} is automatic, once a second, at one replica
 * at a time, on what all of them have seen. A step's pause is counted from where the first of their
 * windows of evidence began.
 */
@Singleton
public class PromoterLoop {
  /** Who the ledger says flipped. */
  public static final String WHO = "banyan-promoter";

  private static final Logger LOG = System.getLogger(PromoterLoop.class.getName());
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final TableKeeper tables;
  private final SharedEvidence evidence;
  private final FlipWatch watch;
  private final FlipCoordinator flips;
  private final StoreLink store;
  private final PromoterLock lock;
  private final InstantSource clock;
  private final Rounds rounds = new Rounds(Thread.ofVirtual().name("promoter"), EVERY, this::round);

  PromoterLoop(
      TableKeeper tables,
      SharedEvidence evidence,
      FlipWatch watch,
      FlipCoordinator flips,
      StoreLink store,
      PromoterLock lock,
      InstantSource clock) {
    this.tables = tables;
    this.evidence = evidence;
    this.watch = watch;
    this.flips = flips;
    this.store = store;
    this.lock = lock;
    this.clock = clock;
  }

  public void start() {
    rounds.startAfterPause();
  }

  public void stop() {
    rounds.stop();
  }

  /** Without the database nothing could be written: it is asked only where there is something. */
  private void round() {
    List<Route> automatic =
        tables.get().rules().routes().stream().filter(PromoterLoop::isAutomatic).toList();
    if (automatic.isEmpty() || !store.up()) {
      return;
    }
    try {
      lock.ifAlone(() -> automatic.forEach(this::promote));
    } catch (SQLException | RuntimeException away) {
      LOG.log(Level.WARNING, "no automatic steps this time: " + away.getMessage());
    }
  }

  private static boolean isAutomatic(Route route) {
    return route.target() instanceof RouteTarget.Forward forward
        && forward.migrated().isPresent()
        && forward.canary().mode() != CanaryPolicy.Mode.MANUAL;
  }

  private void promote(Route route) {
    Stage stage = tables.stage(route.id()).orElseGet(Stage.Legacy::new);
    if (!(stage instanceof Stage.Shadow) && !(stage instanceof Stage.Canary)) {
      return;
    }
    RouteTarget.Forward forward = (RouteTarget.Forward) route.target();
    Evidence seen = evidence.shown(route.id()).sum();
    Promotion next =
        Promoter.next(
            new Promoter.Situation(
                stage,
                seen.since(),
                forward.canary(),
                Gate.judge(seen, forward.gate(), forward.budget()),
                watch.against(route.id(), clock.instant()),
                Promoter.Approved.NOT_YET),
            clock.instant());
    switch (next) {
      case Promotion.Take(Stage to) -> take(route.id(), to);
      // The guard looks the approval up, and asks for it where nobody has.
      case Promotion.Ask(Stage to) -> take(route.id(), to);
      case Promotion.Wait waiting -> {}
      case Promotion.Leave leaving -> {}
    }
  }

  private void take(String routeId, Stage to) {
    FlipResult result =
        flips.flip(
            new FlipCommand(
                routeId,
                to,
                WHO,
                "its pause is over and its gate is ready",
                OptionalLong.empty(),
                FlipCommand.Mode.JUDGED));
    if (result instanceof FlipResult.Flipped) {
      LOG.log(Level.INFO, "promoted: routeId=" + routeId + " stage=" + to.text());
    }
  }
}
