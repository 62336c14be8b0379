package dev.banyan.parity.privacy;

import dev.banyan.parity.Comparison;
import dev.banyan.parity.Difference;
import dev.banyan.parity.Spot;
import dev.banyan.parity.Varying;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether comparing masked sides says of a spot what comparing the originals said: something there
 * is refused, or all of it is accepted. What was accepted as noise is refused here, as nothing is
 * known to vary.
 */
final class FoundAgain {
  private final Comparison originals;
  private final Set<Spot> refused = new HashSet<>();
  private final Set<Spot> accepted = new HashSet<>();

  FoundAgain(Comparison originals, Comparison masked) {
    this.originals = originals;
    switch (masked) {
      case Comparison.Match() -> {}
      case Comparison.Incomparable(String reason) -> {}
      case Comparison.Tolerated tolerated ->
          tolerated.differences().forEach(one -> accepted.add(Spot.of(one)));
      case Comparison.Mismatch mismatch -> {
        mismatch.differences().forEach(one -> refused.add(Spot.of(one)));
        mismatch.accepted().forEach(one -> accepted.add(one.spot()));
      }
    }
  }

  /** What differs, refused or, where nothing is, accepted. */
  static List<Difference> differences(Comparison comparison) {
    return switch (comparison) {
      case Comparison.Mismatch mismatch -> mismatch.differences();
      case Comparison.Tolerated tolerated -> tolerated.differences();
      case Comparison.Match() -> List.of();
      case Comparison.Incomparable(String reason) -> List.of();
    };
  }

  /**
   * @param masked the same spot as the masked sides have it
   */
  boolean has(Spot original, Spot masked) {
    if (!(originals instanceof Comparison.Tolerated tolerated)) {
      return refused.contains(masked);
    }
    return refused.contains(masked) ? isNoise(tolerated, original) : accepted.contains(masked);
  }

  private static boolean isNoise(Comparison.Tolerated tolerated, Spot spot) {
    return tolerated.accepted().stream()
        .filter(one -> one.differences().stream().map(Spot::of).anyMatch(spot::equals))
        .anyMatch(one -> one.rule().equals(Varying.NAME));
  }
}
