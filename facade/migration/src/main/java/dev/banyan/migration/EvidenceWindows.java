package dev.banyan.migration;

import dev.banyan.migration.Evidence.ContractSummary;
import dev.banyan.parity.Comparison;
import dev.banyan.parity.Observation;
import dev.banyan.rules.Side;
import dev.banyan.rules.Stage;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * What was seen, by route: one window each, begun by the first event, by the first answer of a new
 * candidate version, and by every change of stage ({@link #follow}), so that each step is judged on
 * what was seen in it. For any thread; {@link #served} is cheap enough for every request on an
 * event loop. There are as many windows as routes, about 60 KB each; {@link #keepOnly} drops those
 * of routes that are gone.
 */
public final class EvidenceWindows {
  /** Why an answer of an earlier candidate version is no evidence for the present one. */
  static final String OTHER_VERSION = "other-version";

  private final InstantSource clock;
  private final ConcurrentMap<String, VersionedWindow> windows = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, EvidencePlace> places = new ConcurrentHashMap<>();

  private volatile Optional<String> rules = Optional.empty();

  public EvidenceWindows(InstantSource clock) {
    this.clock = clock;
  }

  /** A client got this answer from this side. */
  public void served(String routeId, Side side, Observation control) {
    served(routeId, side, control, Sighting.NONE);
  }

  /** Likewise, with what else the exchange shows. */
  public void served(String routeId, Side side, Observation control, Sighting seen) {
    window(routeId, seen).ifPresent(window -> window.served(side, control, seen.shapes()));
  }

  /** The side that did not serve answered its copy like this. */
  public void observed(String routeId, Side side, Observation candidate) {
    observed(routeId, side, candidate, Sighting.NONE);
  }

  /** Likewise, with what else the exchange shows. */
  public void observed(String routeId, Side side, Observation candidate, Sighting seen) {
    window(routeId, seen).ifPresent(window -> window.observed(side, candidate));
  }

  /** A pair was compared; a candidate that failed is a mismatch like any other. */
  public void compared(String routeId, Comparison comparison) {
    compared(routeId, comparison, Sighting.NONE);
  }

  /** Likewise, with what else the exchange shows. */
  public void compared(String routeId, Comparison comparison, Sighting seen) {
    window(routeId, seen)
        .ifPresentOrElse(
            window -> window.compared(comparison, seen.shapes()),
            () -> skipped(routeId, OTHER_VERSION));
  }

  /** A client's exchange has this, too, as a later look at it shows; it is one of those served. */
  public void noticed(String routeId, String shape) {
    window(routeId).present().noticed(shape);
  }

  /** A copy was not sent, or not compared. */
  public void skipped(String routeId, String reason) {
    window(routeId).present().skipped(reason);
  }

  /**
   * The side that was to serve gave no answer, and legacy gave it instead: a failure of the one, an
   * answer of the other, one request of a client.
   */
  public void fellBack(String routeId, Observation.Failed failed, Observation answer) {
    EvidenceWindow window = window(routeId).present();
    window.observed(Side.MIGRATED, failed);
    window.served(Side.LEGACY, answer, List.of());
    window.repeated("fell-back:" + failed.failure());
  }

  /** A request was sent again to the same upstream. */
  public void retried(String routeId) {
    window(routeId).present().repeated("retried");
  }

  /**
   * How often requests were sent again, by why: {@code retried}, {@code fell-back:FAILURE}. No part
   * of what a gate looks at: the failures themselves are errors of their side.
   */
  public Map<String, Long> repeats(String routeId) {
    return window(routeId).present().repeats();
  }

  /** The migrated side was verified against the route's contract; the newest report counts. */
  public void contract(String routeId, ContractSummary report) {
    window(routeId).present().contract(report);
  }

  /** What a gate may look at now. Counts that are being added meanwhile may be in it or not. */
  public Evidence snapshot(String routeId) {
    return placed(routeId).evidence();
  }

  /**
   * Likewise, with the step that it is about. The rules are looked at first: what was seen under
   * later rules may be called that of earlier ones, never the reverse.
   */
  public PlacedEvidence placed(String routeId) {
    Optional<String> about = rules;
    EvidenceWindow window = window(routeId).present();
    return new PlacedEvidence(window.place(), about, window.snapshot(routeId, clock.instant()));
  }

  /** The step alone. */
  public Optional<EvidencePlace> place(String routeId) {
    return window(routeId).present().place();
  }

  /** The digest that {@link #under} was told last. */
  public Optional<String> rules() {
    return rules;
  }

  /** Which rules the windows are about, once those that are not about them were begun anew. */
  public void under(String rulesDigest) {
    rules = Optional.of(rulesDigest);
  }

  /** Forgets the route's evidence, its contract report too, and begins anew. */
  public void restart(String routeId, Instant since) {
    window(routeId).restart(since);
  }

  /**
   * Begins the windows anew of all routes whose stage is another one than at the last call; what is
   * known of the candidate's contract stays. To be told of every table that comes into force.
   *
   * @param revision of the ledger that the table was made from
   */
  public void follow(Map<String, Stage> present, long revision) {
    present.forEach(
        (routeId, stage) -> {
          EvidencePlace before = places.get(routeId);
          if (before != null && before.stage().equals(stage)) {
            return;
          }
          EvidencePlace place = new EvidencePlace(stage, revision);
          places.put(routeId, place);
          if (before == null) {
            window(routeId).place(place);
          } else {
            window(routeId).nextStep(clock.instant(), place);
          }
        });
    places.keySet().retainAll(present.keySet());
  }

  /**
   * The route has left its stage and come back to it, and no table in between was told of: after a
   * time without the ledger. Begins its window anew.
   *
   * @param revision of the ledger, as far as it is known now
   */
  public void again(String routeId, EvidencePlace known, long revision) {
    EvidencePlace now = new EvidencePlace(known.stage(), revision);
    if (places.replace(routeId, known, now)) {
      window(routeId).nextStep(clock.instant(), now);
    }
  }

  /** Drops the windows of all other routes (after a reload). */
  public void keepOnly(Set<String> routeIds) {
    windows.keySet().retainAll(routeIds);
  }

  private Optional<EvidenceWindow> window(String routeId, Sighting seen) {
    VersionedWindow window = window(routeId);
    return seen.version().isEmpty()
        ? Optional.of(window.present())
        : window.of(seen.version(), clock.instant());
  }

  private VersionedWindow window(String routeId) {
    VersionedWindow known = windows.get(routeId);
    return known != null
        ? known
        : windows.computeIfAbsent(
            routeId,
            unseen ->
                new VersionedWindow(clock.instant(), Optional.ofNullable(places.get(routeId))));
  }
}
