package dev.banyan.parity;

import dev.banyan.parity.Difference.Kind;
import dev.banyan.parity.diagnosis.Diagnoses;
import dev.banyan.parity.diagnosis.Diagnosis;
import dev.banyan.parity.json.Json;
import dev.banyan.parity.rules.Explanation;
import dev.banyan.parity.rules.Explanations;
import dev.banyan.parity.rules.Sight;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The differences of one comparison. Tolerances and rules are applied the moment a difference is
 * found, so that a flood of accepted differences can never push out one that nothing accepts.
 */
final class Findings {
  /** Differences that are reported, at the most. */
  static final int LIMIT = Comparison.Mismatch.MOST;

  /** Differences of one signature that are reported: more of them say nothing new. */
  static final int LIMIT_PER_SIGNATURE = 10;

  private final Acceptance acceptance;
  private final Varying varying;
  private final Map<String, Tally> accepted = new LinkedHashMap<>();
  private final List<Difference> refused = new ArrayList<>();
  private final Map<Spot, Integer> counts = new HashMap<>();

  Findings(Acceptance acceptance, Varying varying) {
    this.acceptance = acceptance;
    this.varying = varying;
  }

  /** A difference of values that are no JSON, or of which nothing more is known. */
  void add(String location, Kind kind, String control, String candidate) {
    add(
        new Sight(
            location,
            textOrNothing(control, kind == Kind.EXTRA),
            textOrNothing(candidate, kind == Kind.MISSING)),
        kind,
        new Excerpt.Pair(control, candidate));
  }

  /** A difference of two JSON values, or of one that the other side does not have. */
  void add(Sight sight, Kind kind) {
    boolean enough =
        refusedAny()
            && !varying.looksAt(sight.location())
            && counts.getOrDefault(new Spot(sight.location(), kind), 0) >= LIMIT_PER_SIGNATURE;
    if (!enough) {
      // Else it changes nothing: a mismatch tells no more of these, and this spot is refused.
      add(sight, kind, Excerpt.of(sight.control(), sight.candidate()));
    }
  }

  /** A difference, with what rules and diagnoses may look at. */
  void add(Sight sight, Kind kind, Excerpt.Pair shown) {
    record(sight, kind, shown, Explanations.of(sight));
  }

  /**
   * A pair that says the same if another pair does: that other pair where its rules are on, and
   * then they are counted.
   */
  Optional<Explanation.Reshaped> reshaped(Sight sight) {
    if (isSimple(sight.control()) && isSimple(sight.candidate())) {
      // No rule gives a text or a word another shape; most differences are of these.
      return Optional.empty();
    }
    Optional<Explanation> found = Explanations.of(sight);
    if (found.isEmpty() || !(found.get() instanceof Explanation.Reshaped reshaped)) {
      return Optional.empty();
    }
    List<String> names = acceptance.names(sight.location(), found);
    if (names.isEmpty()) {
      return Optional.empty();
    }
    Excerpt.Pair shown = Excerpt.of(sight.control(), sight.candidate());
    accept(names, difference(sight, Kind.TYPE, shown, found));
    return Optional.of(reshaped);
  }

  /** Nothing that is found from now on would be reported. */
  boolean full() {
    return refused.size() >= LIMIT;
  }

  boolean refusedAny() {
    return !refused.isEmpty();
  }

  Comparison verdict() {
    if (refusedAny()) {
      return new Comparison.Mismatch(refused, acceptedSpots());
    }
    return accepted.isEmpty()
        ? new Comparison.Match()
        : new Comparison.Tolerated(
            accepted.entrySet().stream()
                .map(
                    e -> new Comparison.Accepted(e.getKey(), e.getValue().count, e.getValue().some))
                .toList());
  }

  private List<Comparison.AcceptedSpot> acceptedSpots() {
    Map<Spot, Set<String>> names = new LinkedHashMap<>();
    accepted.forEach(
        (name, tally) ->
            tally.spots.forEach(
                spot -> names.computeIfAbsent(spot, s -> new TreeSet<>()).add(name)));
    return names.entrySet().stream()
        .map(entry -> new Comparison.AcceptedSpot(entry.getKey(), entry.getValue()))
        .toList();
  }

  private void record(
      Sight sight, Kind kind, Excerpt.Pair shown, Optional<Explanation> explanation) {
    // A pair that says the same only if another one does is accepted by comparing that other one.
    Optional<Explanation> same = explanation.filter(Explanation.Same.class::isInstance);
    List<String> names =
        acceptance
            .name(sight.location(), kind)
            .map(List::of)
            .orElseGet(() -> acceptance.names(sight.location(), same));
    if (!names.isEmpty()) {
      accept(names, difference(sight, kind, shown, explanation));
      return;
    }
    if (kind == Kind.VALUE
        && varying.accepts(sight.location(), shown.control(), shown.candidate())) {
      accept(List.of(Varying.NAME), difference(sight, kind, shown, explanation));
      return;
    }
    int sameBefore = counts.merge(new Spot(sight.location(), kind), 1, Integer::sum);
    if (refused.size() < LIMIT && sameBefore <= LIMIT_PER_SIGNATURE) {
      refused.add(difference(sight, kind, shown, explanation));
    }
  }

  private void accept(List<String> names, Difference difference) {
    names.forEach(name -> accepted.computeIfAbsent(name, n -> new Tally()).add(difference));
  }

  private static Difference difference(
      Sight sight, Kind kind, Excerpt.Pair shown, Optional<Explanation> explanation) {
    Diagnosis diagnosis = Diagnoses.of(explanation, sight);
    return new Difference(sight.location(), kind, shown.control(), shown.candidate(), diagnosis);
  }

  private static boolean isSimple(@Nullable Json json) {
    return !(json instanceof Json.Obj) && !(json instanceof Json.Arr);
  }

  private static @Nullable Json textOrNothing(String text, boolean none) {
    return none ? null : Json.Text.of(text);
  }

  /** What one rule accepted. */
  private static final class Tally {
    private static final int KEPT = 10;

    private final List<Difference> some = new ArrayList<>();
    private final Set<Spot> spots = new LinkedHashSet<>();
    private int count;

    void add(Difference difference) {
      count++;
      boolean elsewhere = spots.size() < LIMIT && spots.add(Spot.of(difference));
      if (elsewhere || some.size() < KEPT) {
        some.add(difference);
      }
      if (spots.size() < LIMIT) {
        spots.add(Spot.of(difference));
      }
    }
  }
}
