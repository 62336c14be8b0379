package dev.banyan.app.comparing;

import dev.banyan.parity.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** How often one signature was seen, a few exemplars, and how much of that is kept already. */
final class Sightings {
  private static final int MAX_EXEMPLARS = 5;

  /** The first few, then one at every hundredfold: early and late ones, and never many. */
  private static final int FIRST = 3;

  private final List<Exemplar> exemplars = new ArrayList<>();
  private Instant firstSeen;
  private Instant lastSeen;
  private long count;
  private long countKept;
  private int exemplarsKept;
  private long nextTaken = 100;
  private Standing standing = new Standing.Stale();

  Sightings(Instant first) {
    this.firstSeen = first;
    this.lastSeen = first;
  }

  void add(Instant at, Standing now, Supplier<Exemplar> exemplar) {
    count++;
    lastSeen = at;
    standing = now;
    boolean taken = exemplars.size() < FIRST || count >= nextTaken;
    while (count >= nextTaken) {
      nextTaken *= 100;
    }
    if (taken && exemplars.size() < MAX_EXEMPLARS) {
      exemplars.add(exemplar.get());
    }
  }

  void stands(Standing now) {
    standing = now;
  }

  long keptBytes() {
    return exemplars.stream().mapToLong(Exemplar::keptBytes).sum();
  }

  /** What an earlier run saw; it comes first. */
  void recall(MismatchJournal.Sighting earlier) {
    count += earlier.count();
    countKept += earlier.count();
    firstSeen = earlier.firstSeen().isBefore(firstSeen) ? earlier.firstSeen() : firstSeen;
    lastSeen = earlier.lastSeen().isAfter(lastSeen) ? earlier.lastSeen() : lastSeen;
    exemplars.addAll(0, earlier.exemplars());
    exemplarsKept += earlier.exemplars().size();
    while (exemplars.size() > Math.max(MAX_EXEMPLARS, exemplarsKept)) {
      exemplars.removeLast();
    }
  }

  void forget(Instant until) {
    int before = exemplars.size();
    int kept = Math.min(exemplarsKept, before);
    for (int i = before - 1; i >= 0; i--) {
      if (!exemplars.get(i).at().isAfter(until)) {
        exemplars.remove(i);
        kept -= i < exemplarsKept ? 1 : 0;
      }
    }
    exemplarsKept = kept;
  }

  MismatchJournal.Sighting seen(Signature signature) {
    return new MismatchJournal.Sighting(
        signature, standing, count, firstSeen, lastSeen, List.copyOf(exemplars));
  }

  boolean changed() {
    return count > countKept;
  }

  MismatchJournal.Change change(String routeId, Signature signature) {
    return new MismatchJournal.Change(
        routeId,
        exemplarsKept,
        new MismatchJournal.Sighting(
            signature,
            standing,
            count - countKept,
            firstSeen,
            lastSeen,
            List.copyOf(exemplars.subList(exemplarsKept, exemplars.size()))));
  }

  void kept(MismatchJournal.Change change) {
    countKept += change.more().count();
    exemplarsKept += change.more().exemplars().size();
  }
}
