package dev.banyan.app.offline;

import dev.banyan.parity.Comparison;
import dev.banyan.parity.Difference;
import dev.banyan.parity.Signature;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What comparisons came to: counts, and the signatures of what nothing accepted. */
final class Tally {
  /** Signatures that are told apart; sightings of further ones are counted as dropped. */
  static final int MAX_SIGNATURES = 200;

  private final Map<Signature, Sighting> signatures = new LinkedHashMap<>();
  private final Map<String, Long> rules = new TreeMap<>();
  private final Map<String, Long> reasons = new TreeMap<>();
  private long matched;
  private long tolerated;
  private long mismatched;
  private long incomparable;
  private long dropped;

  /**
   * One signature as it stands.
   *
   * @param pairs in how many pairs it was
   * @param title the request of the first of them
   */
  record Sighting(Signature signature, long pairs, String title, Difference exemplar) {
    Sighting again() {
      return new Sighting(signature, pairs + 1, title, exemplar);
    }
  }

  void add(String title, Comparison comparison) {
    switch (comparison) {
      case Comparison.Match() -> matched++;
      case Comparison.Tolerated all -> {
        tolerated++;
        all.accepted().forEach(one -> rules.merge(one.rule(), (long) one.count(), Long::sum));
      }
      case Comparison.Mismatch mismatch -> {
        mismatched++;
        sightings(title, mismatch.differences());
      }
      case Comparison.Incomparable(String reason) -> {
        incomparable++;
        reasons.merge(reason, 1L, Long::sum);
      }
    }
  }

  private void sightings(String title, List<Difference> differences) {
    Set<Signature> counted = new LinkedHashSet<>();
    for (Difference difference : differences) {
      Signature signature = Signature.of(difference);
      if (!counted.add(signature)) {
        continue;
      }
      Sighting known = signatures.get(signature);
      if (known != null) {
        signatures.put(signature, known.again());
      } else if (signatures.size() < MAX_SIGNATURES) {
        signatures.put(signature, new Sighting(signature, 1, title, difference));
      } else {
        dropped++;
      }
    }
  }

  long pairs() {
    return matched + tolerated + mismatched + incomparable;
  }

  long matched() {
    return matched;
  }

  long tolerated() {
    return tolerated;
  }

  long mismatched() {
    return mismatched;
  }

  long incomparable() {
    return incomparable;
  }

  /** Sightings of signatures that found no room. */
  long dropped() {
    return dropped;
  }

  /** How often each rule or tolerance accepted a difference. */
  Map<String, Long> rules() {
    return rules;
  }

  /** Why pairs could not be compared. */
  Map<String, Long> reasons() {
    return reasons;
  }

  /** Most frequent first. */
  List<Sighting> sightings() {
    return signatures.values().stream()
        .sorted(Comparator.comparingLong(Sighting::pairs).reversed())
        .toList();
  }

  /** Whether all that was compared is equal or tolerated. */
  boolean holds() {
    return mismatched == 0 && incomparable == 0;
  }
}
