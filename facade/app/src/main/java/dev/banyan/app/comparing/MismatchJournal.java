package dev.banyan.app.comparing;

import dev.banyan.parity.Comparison;
import dev.banyan.parity.Difference;
import dev.banyan.parity.Signature;
import dev.banyan.proxy.ShadowedExchange.Pair;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What did not match, by signature: exact counts, and a few exemplars of each. Grows with the
 * number of distinct signatures, never with the traffic; bounded in both.
 */
@Singleton
public class MismatchJournal {
  private static final int MAX_SIGNATURES = 200;
  private static final int MAX_EXEMPLARS = 5;

  private final Map<String, RouteJournal> routes = new HashMap<>();

  private static final class RouteJournal {
    final Map<Signature, Entry> entries = new LinkedHashMap<>();
    long dropped;
  }

  private static final class Entry {
    final Instant firstSeen;
    final List<Exemplar> exemplars = new ArrayList<>();
    Instant lastSeen;
    long count;

    Entry(Instant now) {
      firstSeen = now;
      lastSeen = now;
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

  synchronized void add(Pair pair, Comparison.Mismatch mismatch) {
    RouteJournal journal =
        routes.computeIfAbsent(pair.decision().route().id(), id -> new RouteJournal());
    Instant now = Clock.systemUTC().instant();
    Set<Signature> signatures = new LinkedHashSet<>();
    for (Difference difference : mismatch.differences()) {
      signatures.add(Signature.of(difference));
    }
    for (Signature signature : signatures) {
      Entry entry = journal.entries.get(signature);
      if (entry == null && journal.entries.size() >= MAX_SIGNATURES) {
        journal.dropped++;
        continue;
      }
      if (entry == null) {
        entry = new Entry(now);
        journal.entries.put(signature, entry);
      }
      entry.count++;
      entry.lastSeen = now;
      if (entry.exemplars.size() < MAX_EXEMPLARS) {
        entry.exemplars.add(Exemplar.of(pair, mismatch, now));
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
    journal.entries.forEach(
        (signature, entry) ->
            sightings.add(
                new Sighting(
                    signature,
                    entry.count,
                    entry.firstSeen,
                    entry.lastSeen,
                    List.copyOf(entry.exemplars))));
    sightings.sort(Comparator.comparingLong(Sighting::count).reversed());
    return new Mismatches(sightings, journal.dropped);
  }

  /** Forgets routes that the rules no longer have. */
  public synchronized void keepOnly(Set<String> routeIds) {
    routes.keySet().retainAll(routeIds);
  }
}
