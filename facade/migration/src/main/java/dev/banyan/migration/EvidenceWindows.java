package dev.banyan.migration;

import dev.banyan.migration.Evidence.ContractSummary;
import dev.banyan.parity.Comparison;
import dev.banyan.parity.Observation;
import dev.banyan.rules.Side;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * What was seen, by route: one window each, begun by the first event unless {@link #restart} says
 * when. For any thread; {@link #served} is cheap enough for every request on an event loop. There
 * are as many windows as routes, about 50 KB each; {@link #keepOnly} drops those of routes that are
 * gone.
 */
public final class EvidenceWindows {
  private final InstantSource clock;
  private final ConcurrentMap<String, EvidenceWindow> windows = new ConcurrentHashMap<>();

  public EvidenceWindows(InstantSource clock) {
    this.clock = clock;
  }

  /** A client got this answer from this side. */
  public void served(String routeId, Side side, Observation control) {
    window(routeId).served(side, control);
  }

  /** The side that did not serve answered its copy like this. */
  public void observed(String routeId, Side side, Observation candidate) {
    window(routeId).observed(side, candidate);
  }

  /** A pair was compared; a candidate that failed is a mismatch like any other. */
  public void compared(String routeId, Comparison comparison) {
    window(routeId).compared(comparison);
  }

  /** A copy was not sent, or not compared. */
  public void skipped(String routeId, String reason) {
    window(routeId).skipped(reason);
  }

  /** The migrated side was verified against the route's contract; the newest report counts. */
  public void contract(String routeId, ContractSummary report) {
    window(routeId).contract(report);
  }

  /** What a gate may look at now. Counts that are being added meanwhile may be in it or not. */
  public Evidence snapshot(String routeId) {
    return window(routeId).snapshot(routeId);
  }

  /** Forgets the route's evidence, its contract report too, and begins anew. */
  public void restart(String routeId, Instant since) {
    windows.put(routeId, new EvidenceWindow(since));
  }

  /** Drops the windows of all other routes (after a reload). */
  public void keepOnly(Set<String> routeIds) {
    windows.keySet().retainAll(routeIds);
  }

  private EvidenceWindow window(String routeId) {
    EvidenceWindow known = windows.get(routeId);
    return known != null
        ? known
        : windows.computeIfAbsent(routeId, unseen -> new EvidenceWindow(clock.instant()));
  }
}
