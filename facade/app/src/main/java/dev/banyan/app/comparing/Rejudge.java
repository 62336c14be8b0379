package dev.banyan.app.comparing;

import dev.banyan.app.comparing.MismatchJournal.Sighting;
import dev.banyan.parity.Comparer;
import dev.banyan.parity.Comparison;
import dev.banyan.parity.Difference;
import dev.banyan.parity.Spot;
import dev.banyan.parity.Varying;
import dev.banyan.rules.CompareProfile;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Says how a signature would stand under a profile, from its exemplars. Pure. */
final class Rejudge {
  private final Comparer comparer;
  private final Varying varying;

  /**
   * @param varying what is known to vary by itself on the route
   */
  Rejudge(CompareProfile profile, Varying varying) {
    this.comparer = Comparer.of(profile);
    this.varying = varying;
  }

  /** One exemplar that nothing accepts is enough for a mismatch. */
  Standing of(Sighting sighting) {
    Spot spot = new Spot(sighting.signature().location(), sighting.signature().kind());
    if (spot.kind() == Difference.Kind.FAILURE) {
      return new Standing.Mismatch();
    }
    Set<String> by = new TreeSet<>();
    boolean matched = false;
    for (Exemplar exemplar : sighting.exemplars()) {
      Optional<Standing> standing =
          exemplar.judged(spot, comparer, varying).flatMap(c -> of(spot, c));
      if (standing.isEmpty()) {
        continue;
      }
      switch (standing.get()) {
        case Standing.Mismatch mismatch -> {
          return mismatch;
        }
        case Standing.Tolerated(List<String> names) -> by.addAll(names);
        case Standing.Matched() -> matched = true;
        case Standing.Stale() -> {}
      }
    }
    if (!by.isEmpty()) {
      return new Standing.Tolerated(List.copyOf(by));
    }
    return matched ? new Standing.Matched() : new Standing.Stale();
  }

  private static Optional<Standing> of(Spot spot, Comparison comparison) {
    return switch (comparison) {
      case Comparison.Match() -> Optional.of(new Standing.Matched());
      case Comparison.Incomparable(String reason) -> Optional.empty();
      case Comparison.Tolerated(List<Comparison.Accepted> accepted) ->
          accepted(
              accepted.stream()
                  .filter(one -> spots(one.differences()).contains(spot))
                  .map(Comparison.Accepted::rule)
                  .toList(),
              accepted.stream().anyMatch(one -> isFull(spots(one.differences()))));
      case Comparison.Mismatch mismatch ->
          spots(mismatch.differences()).contains(spot)
              ? Optional.of(new Standing.Mismatch())
              : beside(spot, mismatch);
    };
  }

  /** What is not refused is accepted or gone, unless the list of what is refused is full. */
  private static Optional<Standing> beside(Spot spot, Comparison.Mismatch mismatch) {
    return mismatch.differences().size() >= Comparison.Mismatch.MOST
        ? Optional.empty()
        : accepted(
            mismatch.accepted().stream()
                .filter(one -> one.spot().equals(spot))
                .flatMap(one -> one.rules().stream())
                .toList(),
            isFull(mismatch.accepted()));
  }

  /**
   * @param full whether something that was accepted may not be told
   */
  private static Optional<Standing> accepted(List<String> names, boolean full) {
    if (!names.isEmpty()) {
      return Optional.of(new Standing.Tolerated(names));
    }
    return full ? Optional.empty() : Optional.of(new Standing.Matched());
  }

  private static Set<Spot> spots(List<Difference> differences) {
    return differences.stream().map(Spot::of).collect(Collectors.toSet());
  }

  private static boolean isFull(Collection<?> spots) {
    return spots.size() >= Comparison.Mismatch.MOST;
  }
}
