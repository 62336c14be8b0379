package dev.banyan.parity;

import dev.banyan.parity.Difference.Kind;
import dev.banyan.parity.rules.Explanation;
import dev.banyan.rules.CompareProfile;
import dev.banyan.rules.CompareProfile.Accepted;
import dev.banyan.rules.CompareProfile.Tolerance;
import dev.banyan.rules.CompareRule;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a profile accepts on one day, compiled. Immutable. */
final class Acceptance {
  private final Set<CompareRule> rules;
  private final Map<String, List<Tolerance>> tolerances = new HashMap<>();

  Acceptance(CompareProfile profile, LocalDate day) {
    this.rules = profile.rules();
    for (Tolerance tolerance : profile.tolerances()) {
      if (tolerance.holdsOn(day)) {
        tolerances.computeIfAbsent(tolerance.at(), at -> new ArrayList<>()).add(tolerance);
      }
    }
  }

  /**
   * Nothing written here holds for one kind of difference at every place: kinds have exact places.
   */
  Optional<String> name(String location, Kind kind) {
    for (Tolerance tolerance : tolerances.getOrDefault(location, List.of())) {
      if (tolerance.accepts() instanceof Accepted.Kind(String word) && word.equals(kind.word())) {
        return Optional.of(tolerance.name());
      }
    }
    return Optional.empty();
  }

  /**
   * What accepts a pair that these rules explain: the rules' words where the profile has them on,
   * else tolerances; none unless every rule is accepted.
   */
  List<String> names(String location, Optional<Explanation> explanation) {
    if (explanation.isEmpty()) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    for (CompareRule rule : explanation.get().rules()) {
      String name = rules.contains(rule) ? rule.word() : tolerance(location, rule);
      if (name == null) {
        return List.of();
      }
      names.add(name);
    }
    return names;
  }

  private @Nullable String tolerance(String location, CompareRule rule) {
    for (String at : List.of(location, CompareProfile.EVERYWHERE)) {
      for (Tolerance tolerance : tolerances.getOrDefault(at, List.of())) {
        if (tolerance.accepts() instanceof Accepted.Rule(CompareRule accepted)
            && accepted == rule) {
          return tolerance.name();
        }
      }
    }
    return null;
  }
}
