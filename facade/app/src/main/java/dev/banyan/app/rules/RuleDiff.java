package dev.banyan.app.rules;

import dev.banyan.rules.NoisePolicy;
import dev.banyan.rules.Route;
import dev.banyan.rules.RouteTarget;
import dev.banyan.rules.RuleSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What other rules would change, by names in the order of the files. An upstream counts as changed
 * when it was added, removed or written differently; a comparison profile likewise.
 */
public record RuleDiff(
    List<String> added,
    List<String> removed,
    List<String> changed,
    List<String> upstreams,
    List<String> profiles) {
  public RuleDiff {
    added = List.copyOf(added);
    removed = List.copyOf(removed);
    changed = List.copyOf(changed);
    upstreams = List.copyOf(upstreams);
    profiles = List.copyOf(profiles);
  }

  static final RuleDiff NONE = new RuleDiff(List.of(), List.of(), List.of(), List.of(), List.of());

  static RuleDiff between(RuleSet before, RuleSet after) {
    Map<String, Route> old = new HashMap<>();
    before.routes().forEach(route -> old.put(route.id(), route));
    List<String> added = new ArrayList<>();
    List<String> changed = new ArrayList<>();
    for (Route route : after.routes()) {
      Route was = old.remove(route.id());
      if (was == null) {
        added.add(route.id());
      } else if (!was.equals(route)) {
        changed.add(route.id());
      }
    }
    List<String> removed =
        before.routes().stream().map(Route::id).filter(old::containsKey).toList();
    return new RuleDiff(
        added,
        removed,
        changed,
        differing(before.upstreams(), after.upstreams()),
        differing(before.profiles(), after.profiles()));
  }

  private static List<String> differing(Map<String, ?> before, Map<String, ?> after) {
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    names.removeIf(
        name -> {
          Object was = before.get(name);
          return was != null && was.equals(after.get(name));
        });
    return List.copyOf(names);
  }

  /** Whether the route is written as before and yet names an upstream or profile that is not. */
  boolean reaches(Route route) {
    return route.target() instanceof RouteTarget.Forward forward
        && (upstreams.contains(forward.legacy())
            || forward.migrated().filter(upstreams::contains).isPresent()
            || forward.noise().flatMap(NoisePolicy::against).filter(upstreams::contains).isPresent()
            || profiles.contains(forward.compare()));
  }

  boolean isEmpty() {
    return equals(NONE);
  }

  /** One line for the log; long lists are cut. */
  String line() {
    return "added="
        + some(added)
        + " removed="
        + some(removed)
        + " changed="
        + some(changed)
        + " upstreams="
        + some(upstreams)
        + " profiles="
        + some(profiles);
  }

  private static String some(List<String> names) {
    return names.size() <= 10 ? names.toString() : names.subList(0, 10) + "+" + (names.size() - 10);
  }
}
