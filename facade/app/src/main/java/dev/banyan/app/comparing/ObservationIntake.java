package dev.banyan.app.comparing;

import dev.banyan.app.comparing.ComparisonQueue.Work;
import dev.banyan.app.noise.NoiseWatch;
import dev.banyan.app.seen.Aftermath;
import dev.banyan.app.seen.TrafficCounters;
import dev.banyan.migration.EvidenceWindows;
import dev.banyan.parity.Observation;
import dev.banyan.parity.RequestCopy;
import dev.banyan.proxy.ExchangeSink;
import dev.banyan.proxy.MirroredWrite;
import dev.banyan.proxy.RefusedRequest;
import dev.banyan.proxy.RepeatedExchange;
import dev.banyan.proxy.ServedExchange;
import dev.banyan.proxy.ShadowedExchange;
import dev.banyan.proxy.TracePolicy;
import dev.banyan.rules.Decision;
import dev.banyan.rules.Side;
import jakarta.inject.Singleton;

/**
 * The data plane's sink: counts, and offers the rest to the queue. Runs on event loops, so it never
 * waits.
 */
@Singleton
public class ObservationIntake implements ExchangeSink {
  private final EvidenceWindows evidence;
  private final ComparisonQueue queue;
  private final TrafficCounters traffic;
  private final Aftermath aftermath;
  private final Refusals refusals;
  private final SightingReader sightings;
  private final WatchedTraffic watched;
  private final NoiseWatch noise;

  ObservationIntake(
      EvidenceWindows evidence,
      ComparisonQueue queue,
      TrafficCounters traffic,
      Aftermath aftermath,
      Refusals refusals,
      SightingReader sightings,
      WatchedTraffic watched,
      NoiseWatch noise) {
    this.evidence = evidence;
    this.queue = queue;
    this.traffic = traffic;
    this.aftermath = aftermath;
    this.refusals = refusals;
    this.sightings = sightings;
    this.watched = watched;
    this.noise = noise;
  }

  @Override
  public void refused(RefusedRequest refused) {
    refusals.count(refused);
    aftermath.refused(refused);
  }

  @Override
  public TracePolicy tracing() {
    return aftermath.tracing();
  }

  @Override
  public void served(ServedExchange exchange) {
    Decision.Serve serve = exchange.decision();
    String routeId = serve.route().id();
    Observation.Failed lost = exchange.attempts().fellBackFrom();
    if (lost == null) {
      evidence.served(routeId, serve.side(), exchange.control(), sightings.of(exchange));
    } else {
      evidence.fellBack(routeId, lost, exchange.control());
    }
    if (exchange.attempts().retries() > 0) {
      evidence.retried(routeId);
    }
    watched.served(exchange);
    traffic.served(exchange);
    aftermath.served(exchange);
    RequestCopy request = exchange.request();
    if (serve.capture() == Decision.Capture.EXCHANGE
        && serve.side() == Side.LEGACY
        && request != null) {
      // A recording that misses an exchange gets it at the next one.
      queue.offer(new Work.Keep(exchange, request));
    }
  }

  @Override
  public void shadowed(ShadowedExchange exchange) {
    String routeId = exchange.decision().route().id();
    traffic.shadowed(exchange);
    switch (exchange) {
      case ShadowedExchange.Skipped skipped -> evidence.skipped(routeId, skipped.reason());
      case ShadowedExchange.Pair pair -> {
        Side side = pair.decision().side().other();
        evidence.observed(routeId, side, pair.candidate(), sightings.ofCandidate(pair));
        watched.shadowed(pair);
        aftermath.shadowed(pair);
        if (!queue.offer(new Work.Compare(pair))) {
          evidence.skipped(routeId, "comparison-queue-full");
          traffic.skipped(routeId, "comparison-queue-full");
        }
      }
    }
  }

  @Override
  public void written(MirroredWrite write) {
    traffic.written(write);
  }

  @Override
  public void repeated(RepeatedExchange exchange) {
    String routeId = exchange.decision().route().id();
    switch (exchange) {
      case RepeatedExchange.Dropped dropped -> noise.dropped(routeId, dropped.reason());
      case RepeatedExchange.Pair pair -> {
        if (!queue.offer(new Work.Again(pair))) {
          noise.dropped(routeId, "comparison-queue-full");
        }
      }
    }
  }
}
