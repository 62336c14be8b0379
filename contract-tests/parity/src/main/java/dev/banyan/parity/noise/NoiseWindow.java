package dev.banyan.parity.noise;

import dev.banyan.parity.Comparison;
import dev.banyan.parity.Difference;
import dev.banyan.parity.Difference.Kind;
import dev.banyan.parity.Spot;
import dev.banyan.parity.noise.NoiseAnswer.Figures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one route's comparisons say of noise. Two spans of {@link #SPAN} baseline pairs at the most
 * are looked at: what was long ago says nothing of today. Safe for any thread.
 */
public final class NoiseWindow {
  /** Baseline pairs until the older half is forgotten. */
  static final int SPAN = 20_000;

  /** Baseline pairs after each of which it is judged; later only now and then. */
  private static final int SOON = 256;

  private static final int SELDOM = 16;
  private static final int JUDGE_EVERY = 256;
  private static final String STATUS = "status";

  private Tallies older = new Tallies();
  private Tallies newer = new Tallies();
  private long unusable;
  private volatile KnownNoise known = KnownNoise.NOTHING;

  /**
   * One place.
   *
   * @param accepted whether differences like this are let pass: other values at a place that is
   *     noise; never what is missing, extra, of another type or in another order, and never a
   *     status
   */
  public record Place(Spot spot, NoiseAnswer answer, boolean accepted) {}

  /**
   * All that is known.
   *
   * @param baselinePairs in which legacy was compared with itself
   * @param candidatePairs in which it was compared with the candidate
   * @param unusable baseline pairs that said nothing: a side failed, or its status was another
   * @param places that were seen to differ, noise first, then those that differ most
   * @param dropped differences at places beyond the bound
   */
  public record Report(
      long baselinePairs, long candidatePairs, long unusable, List<Place> places, long dropped) {
    public Report {
      places = List.copyOf(places);
    }
  }

  /** What is noise at this moment. */
  public KnownNoise known() {
    return known;
  }

  /** Legacy was compared with itself. */
  public synchronized void baseline(Comparison comparison) {
    Set<Spot> differing = differing(comparison);
    if (differing == null || differing.stream().anyMatch(s -> s.location().equals(STATUS))) {
      unusable++;
      return;
    }
    if (newer.baselinePairs() >= SPAN) {
      older = newer;
      newer = new Tallies();
    }
    newer.baseline(differing);
    if (newer.baselinePairs() <= SOON || newer.baselinePairs() % SELDOM == 0) {
      judge();
    }
  }

  /**
   * Control and candidate were compared.
   *
   * @param seen what that comparison was told, and where it accepted other values as noise
   */
  public synchronized void candidate(Comparison comparison, NoiseSeen seen) {
    Set<Spot> differing = differing(comparison);
    if (differing == null) {
      return;
    }
    seen.accepted().forEach(location -> differing.add(new Spot(location, Kind.VALUE)));
    if (comparison instanceof Comparison.Mismatch mismatch
        && mismatch.differences().size() >= Comparison.Mismatch.MOST) {
      newer.candidateDiffersEverywhere(differing);
    } else {
      newer.candidate(differing);
    }
    if (newer.candidatePairs() % JUDGE_EVERY == 0) {
      judge();
    }
  }

  public Report report() {
    Counts counts = counts();
    List<Place> places = new ArrayList<>();
    counts
        .places()
        .forEach(
            (spot, figures) -> {
              boolean accepted = accepts(counts.known(), spot);
              NoiseAnswer answer =
                  accepted ? new NoiseAnswer.Noise(figures) : NoiseJudge.judge(figures);
              places.add(new Place(spot, answer, accepted));
            });
    places.sort(
        Comparator.comparing((Place place) -> !place.accepted())
            .thenComparing(place -> -place.answer().figures().baseline().hits())
            .thenComparing(place -> -place.answer().figures().candidate().hits())
            .thenComparing(place -> place.spot().location()));
    return new Report(
        counts.baselinePairs(),
        counts.candidatePairs(),
        counts.unusable(),
        places,
        counts.dropped());
  }

  /** Taken at once, so that judging for people never holds up who counts. */
  private synchronized Counts counts() {
    Map<Spot, Figures> places = new HashMap<>();
    spots().forEach(spot -> places.put(spot, figures(spot)));
    return new Counts(
        older.baselinePairs() + newer.baselinePairs(),
        older.candidatePairs() + newer.candidatePairs(),
        unusable,
        older.dropped() + newer.dropped(),
        places,
        known);
  }

  private record Counts(
      long baselinePairs,
      long candidatePairs,
      long unusable,
      long dropped,
      Map<Spot, Figures> places,
      KnownNoise known) {}

  private void judge() {
    Set<String> noise = new HashSet<>();
    for (Spot spot : spots()) {
      Figures figures = figures(spot);
      if (accepts(known, spot)
          ? NoiseJudge.isStillNoise(figures)
          : mayBeAccepted(spot) && NoiseJudge.isNoise(figures)) {
        noise.add(spot.location());
      }
    }
    if (!noise.equals(known.locations())) {
      known = new KnownNoise(noise);
    }
  }

  private static boolean accepts(KnownNoise noise, Spot spot) {
    return mayBeAccepted(spot) && noise.locations().contains(spot.location());
  }

  private static boolean mayBeAccepted(Spot spot) {
    return spot.kind() == Kind.VALUE && !spot.location().equals(STATUS);
  }

  private Set<Spot> spots() {
    Set<Spot> all = new HashSet<>(older.spots());
    all.addAll(newer.spots());
    return all;
  }

  private Figures figures(Spot spot) {
    Figures before = older.figures(spot);
    Figures now = newer.figures(spot);
    return new Figures(
        before.baseline().plus(now.baseline()), before.candidate().plus(now.candidate()));
  }

  /** Where the two differ; null where they could not be compared, as one side failed. */
  private static @Nullable Set<Spot> differing(Comparison comparison) {
    Set<Spot> spots = new HashSet<>();
    switch (comparison) {
      case Comparison.Match() -> {}
      case Comparison.Tolerated tolerated -> {}
      case Comparison.Incomparable nothing -> {
        return null;
      }
      case Comparison.Mismatch mismatch -> {
        for (Difference difference : mismatch.differences()) {
          if (difference.kind() == Kind.FAILURE) {
            return null;
          }
          spots.add(Spot.of(difference));
        }
      }
    }
    return spots;
  }
}
