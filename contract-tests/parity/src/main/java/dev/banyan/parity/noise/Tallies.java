package dev.banyan.parity.noise;

import dev.banyan.parity.Difference.Kind;
import dev.banyan.parity.Spot;
import dev.banyan.parity.noise.NoiseAnswer.Figures;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Differences counted by place and kind, for a bounded number of places. A place that finds room
 * only after others were turned away is counted from then on: what came before is not known of it.
 */
final class Tallies {
  /** Places whose values differ, at the most. */
  static final int MOST_VALUES = 200;

  /** The same for all other kinds together. */
  static final int MOST_OTHERS = 50;

  private final Map<Spot, Tally> values = new HashMap<>();
  private final Map<Spot, Tally> others = new HashMap<>();
  private long baselinePairs;
  private long candidatePairs;
  private long dropped;

  private static final class Tally {
    private final long baselineBefore;
    private final long candidateBefore;
    private long baseline;
    private long candidate;

    Tally(long baselineBefore, long candidateBefore) {
      this.baselineBefore = baselineBefore;
      this.candidateBefore = candidateBefore;
    }
  }

  void baseline(Collection<Spot> differing) {
    for (Spot spot : differing) {
      Tally tally = find(spot);
      if (tally == null) {
        makeRoom(spot);
        tally = enter(spot, baselinePairs + 1, candidatePairs);
      }
      if (tally != null) {
        tally.baseline++;
      }
    }
    baselinePairs++;
  }

  void candidate(Collection<Spot> differing) {
    for (Spot spot : differing) {
      Tally tally = find(spot);
      if (tally == null) {
        tally = enter(spot, baselinePairs, candidatePairs + 1);
      }
      if (tally != null) {
        tally.candidate++;
      }
    }
    candidatePairs++;
  }

  /** So much differed that not all of it is listed: then every known value may be among it. */
  void candidateDiffersEverywhere(Collection<Spot> listed) {
    Set<Spot> all = new HashSet<>(values.keySet());
    all.addAll(listed);
    candidate(all);
  }

  long baselinePairs() {
    return baselinePairs;
  }

  long candidatePairs() {
    return candidatePairs;
  }

  /** Differences at places that found no room. */
  long dropped() {
    return dropped;
  }

  Set<Spot> spots() {
    Set<Spot> all = new HashSet<>(values.keySet());
    all.addAll(others.keySet());
    return all;
  }

  /**
   * What is known of a place. Where there was room for all, no sight of it means that it matched.
   */
  Figures figures(Spot spot) {
    Tally tally = find(spot);
    if (tally == null) {
      return dropped == 0
          ? new Figures(new Rate(0, baselinePairs), new Rate(0, candidatePairs))
          : new Figures(Rate.NONE, Rate.NONE);
    }
    return new Figures(
        new Rate(tally.baseline, baselinePairs - tally.baselineBefore),
        new Rate(tally.candidate, candidatePairs - tally.candidateBefore));
  }

  private Map<Spot, Tally> all(Spot spot) {
    return spot.kind() == Kind.VALUE ? values : others;
  }

  private @Nullable Tally find(Spot spot) {
    return all(spot).get(spot);
  }

  /** The tally of a new place; none where it cannot be counted, or not yet. */
  private @Nullable Tally enter(Spot spot, long baselineSoFar, long candidateSoFar) {
    Map<Spot, Tally> places = all(spot);
    boolean full = places.size() >= (spot.kind() == Kind.VALUE ? MOST_VALUES : MOST_OTHERS);
    if (!full && dropped == 0) {
      Tally tally = new Tally(0, 0);
      places.put(spot, tally);
      return tally;
    }
    dropped++;
    if (!full) {
      // The pair that brought it in differs by selection: the next one is its first.
      places.put(spot, new Tally(baselineSoFar, candidateSoFar));
    }
    return null;
  }

  /** Where legacy varies is worth more than where only the candidate differs. */
  private void makeRoom(Spot spot) {
    if (spot.kind() != Kind.VALUE || values.size() < MOST_VALUES) {
      return;
    }
    Iterator<Tally> places = values.values().iterator();
    while (places.hasNext()) {
      if (places.next().baseline == 0) {
        places.remove();
        dropped++;
        return;
      }
    }
  }
}
