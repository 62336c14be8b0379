package dev.banyan.app.comparing;

import dev.banyan.parity.Signature;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What differed, by signature: exact counts, how it stands, and a few exemplars. Grows with the
 * number of distinct signatures, never with the traffic; bounded in both, whether or not anybody
 * keeps its {@link #changes}.
 */
@Singleton
public class MismatchJournal {
  /** Rules and tolerances of a route whose work is counted by name. */
  private static final int MAX_NAMES = 300;

  /** For all that judging again needs; beyond, exemplars are kept as people see them only. */
  private static final long MAX_KEPT_BYTES = 32L * 1024 * 1024;

  /** Exemplars of one signature that stay, and those that are a sample of all later ones. */
  public static final int FIRST_EXEMPLARS = Sightings.FIRST;

  public static final int SAMPLED_EXEMPLARS = Sightings.MAX_EXEMPLARS - Sightings.FIRST;

  private final InstantSource clock;
  private final Map<String, RouteJournal> routes = new HashMap<>();
  private final Set<String> forgotten = new HashSet<>();
  private long keptBytes;

  MismatchJournal(InstantSource clock) {
    this.clock = clock;
  }

  /** One signature as it stands. */
  public record Sighting(
      Signature signature,
      Standing standing,
      long count,
      Instant firstSeen,
      Instant lastSeen,
      List<Exemplar> exemplars) {}

  /**
   * All of a route.
   *
   * @param hidden what each rule and tolerance accepted since the start, by its name
   * @param dropped sightings of signatures that found no room
   */
  public record Mismatches(List<Sighting> sightings, Map<String, Long> hidden, long dropped) {}

  /**
   * What came to a signature since it was kept last.
   *
   * @param exemplarsBefore how many of its exemplars are kept already
   * @param more only the new counts and exemplars
   */
  public record Change(String routeId, int exemplarsBefore, Sighting more) {}

  /**
   * @param signatures of masked differences that nothing accepts
   * @param exemplar made only if it is wanted
   */
  synchronized void mismatched(
      String routeId, Set<Signature> signatures, Supplier<Exemplar> exemplar) {
    Map<Signature, Standing> found = new LinkedHashMap<>();
    signatures.forEach(signature -> found.put(signature, new Standing.Mismatch()));
    add(routeId, found, exemplar);
  }

  /**
   * @param hidden how often each rule or tolerance accepted something, by its name
   */
  synchronized void tolerated(
      String routeId,
      Map<Signature, Standing> signatures,
      Map<String, Integer> hidden,
      Supplier<Exemplar> exemplar) {
    RouteJournal journal = add(routeId, signatures, exemplar);
    hidden.forEach(
        (rule, count) -> {
          if (journal.hidden.size() < MAX_NAMES || journal.hidden.containsKey(rule)) {
            journal.hidden.merge(rule, (long) count, Long::sum);
          }
        });
  }

  private RouteJournal add(
      String routeId, Map<Signature, Standing> found, Supplier<Exemplar> exemplar) {
    RouteJournal journal = routes.computeIfAbsent(routeId, id -> new RouteJournal());
    Instant now = clock.instant();
    Once<Exemplar> once = new Once<>(() -> withinRoom(exemplar.get()));
    found.forEach(
        (signature, standing) -> {
          Sightings entry = journal.entry(signature, now, standing);
          keptBytes -= journal.takeFreed();
          if (entry == null) {
            journal.dropped++;
          } else {
            keptBytes -= entry.add(now, standing, once);
          }
        });
    return journal;
  }

  private Exemplar withinRoom(Exemplar exemplar) {
    if (keptBytes + exemplar.keptBytes() > MAX_KEPT_BYTES) {
      return exemplar.shown();
    }
    keptBytes += exemplar.keptBytes();
    return exemplar;
  }

  private void recount() {
    keptBytes =
        routes.values().stream()
            .flatMap(journal -> journal.entries.values().stream())
            .mapToLong(Sightings::keptBytes)
            .sum();
  }

  /** How a signature stands from now on, if it is still known. */
  synchronized void stands(String routeId, Signature signature, Standing standing) {
    RouteJournal journal = routes.get(routeId);
    Sightings entry = journal == null ? null : journal.entries.get(signature);
    if (entry != null) {
      entry.stands(standing);
    }
  }

  /** The signatures of a route: what nothing accepts first, then most frequent first. */
  public synchronized Mismatches of(String routeId) {
    RouteJournal journal = routes.get(routeId);
    if (journal == null) {
      return new Mismatches(List.of(), Map.of(), 0);
    }
    List<Sighting> sightings = new ArrayList<>();
    journal.entries.forEach((signature, entry) -> sightings.add(entry.seen(signature)));
    sightings.sort(
        Comparator.comparingInt((Sighting one) -> urgency(one.standing()))
            .thenComparing(Comparator.comparingLong(Sighting::count).reversed()));
    return new Mismatches(sightings, Map.copyOf(journal.hidden), journal.dropped);
  }

  private static int urgency(Standing standing) {
    return switch (standing) {
      case Standing.Mismatch() -> 0;
      case Standing.Stale() -> 1;
      case Standing.Tolerated(List<String> by) -> 2;
      case Standing.Matched() -> 3;
    };
  }

  /** Takes in what an earlier run kept of a route. */
  public synchronized void recall(String routeId, List<Sighting> earlier) {
    RouteJournal journal = routes.computeIfAbsent(routeId, id -> new RouteJournal());
    for (Sighting sighting : earlier) {
      Sightings entry = journal.earlier(sighting.signature(), sighting.firstSeen());
      if (entry == null) {
        journal.dropped += sighting.count();
      } else {
        entry.recall(sighting);
      }
    }
    recount();
  }

  /** What is not kept yet; at most so many. Say {@link #kept} of what was kept. */
  public synchronized List<Change> changes(int limit) {
    List<Change> changes = new ArrayList<>();
    routes.forEach(
        (routeId, journal) ->
            journal.entries.forEach(
                (signature, entry) -> {
                  if (changes.size() < limit && entry.changed()) {
                    changes.add(entry.change(routeId, signature));
                  }
                }));
    return changes;
  }

  /** These changes outlive the process now. */
  public synchronized void kept(List<Change> changes) {
    for (Change change : changes) {
      RouteJournal journal = routes.get(change.routeId());
      Sightings entry = journal == null ? null : journal.entries.get(change.more().signature());
      if (entry != null) {
        entry.kept(change);
      }
    }
  }

  /** Routes whose entries need not be kept any longer; each is told once. */
  public synchronized Set<String> takeForgotten() {
    Set<String> taken = Set.copyOf(forgotten);
    forgotten.clear();
    return taken;
  }

  /** Forgets exemplars up to a moment; their counts stay. */
  public synchronized void forgetExemplars(Instant until) {
    routes.values().forEach(route -> route.entries.values().forEach(e -> e.forget(until)));
    recount();
  }

  /** Forgets routes that the rules no longer have. */
  public synchronized void keepOnly(Set<String> routeIds) {
    for (String id : Set.copyOf(routes.keySet())) {
      if (!routeIds.contains(id)) {
        routes.remove(id);
        forgotten.add(id);
      }
    }
    recount();
  }
}
