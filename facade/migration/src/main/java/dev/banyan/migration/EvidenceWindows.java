package dev.banyan.migration;

import dev.banyan.migration.Evidence.ContractSummary;
import dev.banyan.parity.Comparison;
import dev.banyan.parity.Observation;
import dev.banyan.rules.Side;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
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

  /**
   * The side that was to serve gave no answer, and legacy gave it instead: a failure of the one, an
   * answer of the other, one request of a client.
   */
  public void fellBack(String routeId, Observation.Failed failed, Observation answer) {
    EvidenceWindow window = window(routeId);
    window.observed(Side.MIGRATED, failed);
    window.served(Side.LEGACY, answer);
    window.repeated("fell-back:" + failed.failure());
  }

  /** A request was sent again to the same upstream. */
  public void retried(String routeId) {
    window(routeId).repeated("retried");
  }

  /**
   * How often requests were sent again, by why: {@code retried}, {@code fell-back:FAILURE}. No part
   * of what a gate looks at: the failures themselves are errors of their side.
   */
  public Map<String, Long> repeats(String routeId) {
    return window(routeId).repeats();
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
