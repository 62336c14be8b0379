package dev.banyan.app.comparing;

import dev.banyan.app.privacy.Privacy.Shown;
import dev.banyan.parity.Comparison;
import dev.banyan.parity.Difference;
import dev.banyan.parity.Signature;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What did not match, by signature: exact counts, and a few exemplars of each. Grows with the
 * number of distinct signatures, never with the traffic; bounded in both, whether or not anybody
 * keeps its {@link #changes}.
 */
@Singleton
public class MismatchJournal {
  private static final int MAX_SIGNATURES = 200;

  private final InstantSource clock;
  private final Map<String, RouteJournal> routes = new HashMap<>();
  private final Set<String> forgotten = new HashSet<>();

  MismatchJournal(InstantSource clock) {
    this.clock = clock;
  }

  private static final class RouteJournal {
    final Map<Signature, Sightings> entries = new LinkedHashMap<>();
    long dropped;

    @Nullable Sightings entry(Signature signature, Instant now) {
      Sightings known = entries.get(signature);
      if (known != null || entries.size() >= MAX_SIGNATURES) {
        return known;
      }
      Sightings fresh = new Sightings(now);
      entries.put(signature, fresh);
      return fresh;
    }
  }

  /** One signature as it stands. */
  public record Sighting(
      Signature signature,
      long count,
      Instant firstSeen,
      Instant lastSeen,
      List<Exemplar> exemplars) {}

  /**
   * All of a route.
   *
   * @param dropped sightings of signatures that found no room
   */
  public record Mismatches(List<Sighting> sightings, long dropped) {}

  /**
   * What came to a signature since it was kept last.
   *
   * @param exemplarsBefore how many of its exemplars are kept already
   * @param more only the new counts and exemplars
   */
  public record Change(String routeId, int exemplarsBefore, Sighting more) {}

  /**
   * Counts a mismatch.
   *
   * @param places what was found, with masked locations; its fragments are not looked at
   * @param shown the masked pair, made only where an exemplar is wanted
   */
  synchronized void add(String routeId, Comparison.Mismatch places, Supplier<Shown> shown) {
    RouteJournal journal = routes.computeIfAbsent(routeId, id -> new RouteJournal());
    Instant now = clock.instant();
    Set<Signature> signatures = new LinkedHashSet<>();
    for (Difference difference : places.differences()) {
      signatures.add(Signature.of(difference));
    }
    Once<Exemplar> exemplar = new Once<>(() -> Exemplar.of(shown.get(), now));
    for (Signature signature : signatures) {
      Sightings entry = journal.entry(signature, now);
      if (entry == null) {
        journal.dropped++;
      } else {
        entry.add(now, exemplar);
      }
    }
  }

  /** The signatures of a route, most frequent first. */
  public synchronized Mismatches of(String routeId) {
    RouteJournal journal = routes.get(routeId);
    if (journal == null) {
      return new Mismatches(List.of(), 0);
    }
    List<Sighting> sightings = new ArrayList<>();
    journal.entries.forEach((signature, entry) -> sightings.add(entry.seen(signature)));
    sightings.sort(Comparator.comparingLong(Sighting::count).reversed());
    return new Mismatches(sightings, journal.dropped);
  }

  /** Takes in what an earlier run kept of a route. */
  public synchronized void recall(String routeId, List<Sighting> earlier) {
    RouteJournal journal = routes.computeIfAbsent(routeId, id -> new RouteJournal());
    for (Sighting sighting : earlier) {
      Sightings entry = journal.entry(sighting.signature(), sighting.firstSeen());
      if (entry == null) {
        journal.dropped += sighting.count();
      } else {
        entry.recall(sighting);
      }
    }
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
  }

  /** Forgets routes that the rules no longer have. */
  public synchronized void keepOnly(Set<String> routeIds) {
    for (String id : Set.copyOf(routes.keySet())) {
      if (!routeIds.contains(id)) {
        routes.remove(id);
        forgotten.add(id);
      }
    }
  }
}
