package dev.banyan.app.comparing;

import dev.banyan.migration.FlipWatch;
import dev.banyan.parity.Comparison;
import dev.banyan.parity.Observation;
import dev.banyan.proxy.ServedExchange;
import dev.banyan.proxy.ShadowedExchange.Pair;
import dev.banyan.rules.Side;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/**
 * Shows the watch what both sides do. A client that left says nothing of the side that it left; a
 * request that fell back says something of both.
 */
@Singleton
class WatchedTraffic {
  private static final String CLIENT_LEFT = "client-left";

  private final FlipWatch watch;
  private final InstantSource clock;

  WatchedTraffic(FlipWatch watch, InstantSource clock) {
    this.watch = watch;
    this.clock = clock;
  }

  void served(ServedExchange exchange) {
    String routeId = exchange.decision().route().id();
    Observation.Failed lost = exchange.attempts().fellBackFrom();
    if (lost == null) {
      answered(routeId, exchange.decision().side(), exchange.control());
    } else {
      answered(routeId, Side.MIGRATED, lost);
      answered(routeId, Side.LEGACY, exchange.control());
    }
  }

  void shadowed(Pair pair) {
    answered(pair.decision().route().id(), pair.decision().side().other(), pair.candidate());
  }

  void compared(String routeId, Comparison comparison) {
    watch.compared(routeId, comparison, clock.instant());
  }

  private void answered(String routeId, Side side, Observation observation) {
    boolean left =
        observation instanceof Observation.Failed failed && failed.failure().equals(CLIENT_LEFT);
    if (!left) {
      watch.answered(routeId, side, observation, clock.instant());
    }
  }
}
