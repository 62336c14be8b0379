package dev.banyan.parity;

import dev.banyan.parity.Difference.Kind;
import dev.banyan.rules.CompareProfile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The differences of one comparison. A tolerance is applied the moment a difference is found, so
 * that a flood of accepted differences can never push out one that nothing accepts.
 */
final class Findings {
  /** Differences that are reported, at the most. */
  static final int LIMIT = 100;

  /** Differences of one signature that are reported: more of them say nothing new. */
  static final int LIMIT_PER_SIGNATURE = 10;

  private final CompareProfile profile;
  private final List<Difference> accepted = new ArrayList<>();
  private final List<Difference> refused = new ArrayList<>();
  private final Set<String> rules = new LinkedHashSet<>();
  private final Map<Signature, Integer> counts = new HashMap<>();

  Findings(CompareProfile profile) {
    this.profile = profile;
  }

  void add(String location, Kind kind, String control, String candidate) {
    Difference difference = new Difference(location, kind, control, candidate);
    String rule = acceptedBy(difference);
    if (rule != null) {
      rules.add(rule);
    }
    List<Difference> list = rule == null ? refused : accepted;
    if (list.size() < LIMIT
        && counts.merge(Signature.of(difference), 1, Integer::sum) <= LIMIT_PER_SIGNATURE) {
      list.add(difference);
    }
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
      return new Comparison.Mismatch(refused);
    }
    return accepted.isEmpty()
        ? new Comparison.Match()
        : new Comparison.Tolerated(accepted, List.copyOf(rules));
  }

  private @Nullable String acceptedBy(Difference difference) {
    for (CompareProfile.Tolerance tolerance : profile.tolerances()) {
      if (tolerance.at().equals(difference.location())
          && tolerance.kind().equals(difference.kind().word())) {
        return tolerance.name();
      }
    }
    return null;
  }
}
