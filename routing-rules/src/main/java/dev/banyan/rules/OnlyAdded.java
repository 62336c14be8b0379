package dev.banyan.rules;

import dev.banyan.rules.CompareProfile.Tolerance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Holds that a rule set says what another one says, and some tolerances more. */
final class OnlyAdded {
  private OnlyAdded() {}

  /**
   * @param profile has all that was added; those that extend it may have it too
   * @param route compares by that profile then
   */
  static boolean between(
      RuleSet before, RuleSet after, Route route, String profile, Set<Tolerance> added) {
    return before.upstreams().equals(after.upstreams())
        && before.paths().equals(after.paths())
        && before.privateFields().equals(after.privateFields())
        && routes(before, route, profile).equals(after.routes())
        && profiles(before, after, profile, added);
  }

  private static List<Route> routes(RuleSet before, Route changed, String profile) {
    List<Route> routes = new ArrayList<>();
    for (Route route : before.routes()) {
      boolean itself = route.id().equals(changed.id());
      routes.add(
          itself && route.target() instanceof RouteTarget.Forward forward
              ? new Route(route.id(), route.match(), forward.comparedBy(profile), route.rateLimit())
              : route);
    }
    return routes;
  }

  private static boolean profiles(
      RuleSet before, RuleSet after, String profile, Set<Tolerance> added) {
    for (Map.Entry<String, CompareProfile> one : after.profiles().entrySet()) {
      boolean itself = one.getKey().equals(profile);
      CompareProfile old = before.profiles().get(one.getKey());
      if (old == null && !itself) {
        return false;
      }
      CompareProfile now = one.getValue();
      List<Tolerance> rest = new ArrayList<>(now.tolerances());
      boolean hasThem = rest.containsAll(added) && rest.removeAll(added);
      if (itself && !hasThem) {
        return false;
      }
      if (old != null && !now.withTolerances(rest).equals(old)) {
        return false;
      }
    }
    return after.profiles().keySet().containsAll(before.profiles().keySet());
  }
}
