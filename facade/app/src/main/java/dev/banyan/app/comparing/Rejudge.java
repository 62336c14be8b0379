package dev.banyan.app.comparing;

import dev.banyan.app.comparing.MismatchJournal.Sighting;
import dev.banyan.parity.Comparer;
import dev.banyan.parity.Comparison;
import dev.banyan.parity.Difference;
import dev.banyan.parity.Spot;
import dev.banyan.parity.Varying;
import dev.banyan.parity.privacy.Masking;
import dev.banyan.rules.CompareProfile;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Says how a signature would stand under a profile, from its exemplars. Pure. */
final class Rejudge {
  private final CompareProfile profile;
  private final Comparer comparer;
  private final Varying varying;
  private final Masking masking;

  /**
   * @param varying what is known to vary by itself on the route
   * @param masking under which places of private names are found again
   */
  Rejudge(CompareProfile profile, Varying varying, Masking masking) {
    this.profile = profile;
    this.comparer = Comparer.of(profile);
    this.varying = varying;
    this.masking = masking;
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
      Optional<Standing> standing = exemplar.judged(comparer, varying).flatMap(c -> of(spot, c));
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

  private Optional<Standing> of(Spot spot, Comparison comparison) {
    return switch (comparison) {
      case Comparison.Match() -> Optional.of(new Standing.Matched());
      case Comparison.Incomparable(String reason) -> Optional.empty();
      case Comparison.Tolerated(List<Comparison.Accepted> accepted) -> {
        List<String> names =
            accepted.stream()
                .filter(one -> holds(one.differences(), spot))
                .map(Comparison.Accepted::rule)
                .toList();
        yield Optional.of(names.isEmpty() ? new Standing.Matched() : new Standing.Tolerated(names));
      }
      case Comparison.Mismatch mismatch -> {
        if (holds(mismatch.differences(), spot)) {
          yield Optional.of(new Standing.Mismatch());
        }
        // A list that is full may lack it; else what is not in it is accepted or gone.
        yield mismatch.differences().size() >= Comparison.Mismatch.MOST
            ? Optional.empty()
            : Optional.of(acceptedBeside(spot));
      }
    };
  }

  /** Beside a mismatch nobody says what was accepted: the tolerances of this place may tell. */
  private Standing acceptedBeside(Spot spot) {
    List<String> names =
        profile.tolerances().stream()
            .filter(one -> one.at().equals(spot.location()))
            .map(CompareProfile.Tolerance::name)
            .toList();
    return names.isEmpty() ? new Standing.Matched() : new Standing.Tolerated(names);
  }

  private boolean holds(List<Difference> differences, Spot spot) {
    return differences.stream()
        .anyMatch(
            one ->
                one.kind() == spot.kind()
                    && (one.location().equals(spot.location())
                        || masking.text(one.location()).equals(spot.location())));
  }
}
