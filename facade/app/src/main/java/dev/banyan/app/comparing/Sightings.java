package dev.banyan.app.comparing;

import dev.banyan.parity.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * How often one signature was seen, a few exemplars, and how much of that is kept already. The
 * first exemplars stay; the others are a fair sample of all that came after them (Vitter's
 * algorithm R), so that a place that looks otherwise since yesterday is seen today.
 */
final class Sightings {
  static final int MAX_EXEMPLARS = 5;

  /** That stay. */
  static final int FIRST = 3;

  private static final int SAMPLE = MAX_EXEMPLARS - FIRST;

  private final List<Exemplar> exemplars = new ArrayList<>();
  private final Set<Exemplar> keptExemplars = new HashSet<>();
  private final RandomGenerator chance;
  private Instant firstSeen;
  private Instant lastSeen;
  private long count;
  private long countKept;
  private Standing standing = new Standing.Stale();

  Sightings(Instant first, RandomGenerator chance) {
    this.chance = chance;
    this.firstSeen = first;
    this.lastSeen = first;
  }

  /**
   * Counts one more.
   *
   * @param exemplar asked only where it is to be kept
   * @return bytes that gave way to it
   */
  long add(Instant at, Standing now, Supplier<Exemplar> exemplar) {
    count++;
    lastSeen = at;
    standing = now;
    if (exemplars.size() < MAX_EXEMPLARS) {
      exemplars.add(exemplar.get());
      return 0;
    }
    // The n-th of those that are not the first is taken with the chance of SAMPLE in n.
    long place = chance.nextLong(Math.max(SAMPLE, count - FIRST));
    if (place >= SAMPLE) {
      return 0;
    }
    Exemplar gone = exemplars.remove(FIRST + (int) place);
    keptExemplars.remove(gone);
    exemplars.add(exemplar.get());
    return gone.keptBytes();
  }

  Standing standing() {
    return standing;
  }

  Instant lastSeen() {
    return lastSeen;
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
    keptExemplars.addAll(earlier.exemplars());
    while (exemplars.size() > MAX_EXEMPLARS) {
      keptExemplars.remove(exemplars.removeLast());
    }
  }

  void forget(Instant until) {
    exemplars.removeIf(one -> !one.at().isAfter(until));
    keptExemplars.removeIf(one -> !one.at().isAfter(until));
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
        keptExemplars.size(),
        new MismatchJournal.Sighting(
            signature,
            standing,
            count - countKept,
            firstSeen,
            lastSeen,
            exemplars.stream().filter(one -> !keptExemplars.contains(one)).toList()));
  }

  /** Those that gave way meanwhile are kept elsewhere and known here no more. */
  void kept(MismatchJournal.Change change) {
    countKept += change.more().count();
    change.more().exemplars().stream().filter(exemplars::contains).forEach(keptExemplars::add);
  }
}
