package dev.banyan.rules;

import dev.banyan.rules.PathTemplate.Segment;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds pairs of routes that can take the same request with neither being more specific. */
final class RouteConflicts {
  private RouteConflicts() {}

  /** Tells each later route of a pair, naming the earlier one. */
  static void check(List<Written> routes) {
    Map<String, List<Written>> sameShape = new HashMap<>();
    for (Written written : routes) {
      List<Written> others =
          sameShape.computeIfAbsent(
              shape(written.route().match()), s -> new java.util.ArrayList<>());
      for (Written other : others) {
        if (overlap(written.route().match(), other.route().match())) {
          written
              .node()
              .problem(
                  "route "
                      + written.route().id()
                      + " takes the same requests as "
                      + other.route().id()
                      + " ("
                      + other.node().file()
                      + ":"
                      + other.node().line()
                      + ")",
                  "make one of them more specific: method, path, host, a header or a query parameter");
        }
      }
      others.add(written);
    }
  }

  /** A route and where it is written. */
  record Written(Route route, RuleNode node) {}

  /** What decides the priority: equal shapes tie. Names of variables do not count. */
  private static String shape(RouteMatch match) {
    StringBuilder shape = new StringBuilder(match.host().orElse("")).append(' ');
    for (Segment segment : match.path().segments()) {
      shape
          .append('/')
          .append(
              switch (segment) {
                case Segment.Literal(String text) -> text;
                case Segment.Variable(String name) -> "{}";
                case Segment.Rest() -> "**";
              });
    }
    return shape
        .append(match.methods().isEmpty() ? " any " : " named ")
        .append(match.headers().size())
        .append(' ')
        .append(match.query().size())
        .toString();
  }

  private static boolean overlap(RouteMatch a, RouteMatch b) {
    boolean methods = a.methods().isEmpty() || !Collections.disjoint(a.methods(), b.methods());
    return methods && agree(a.headers(), b.headers());
  }

  /**
   * A query parameter may stand twice with both values, so only headers can keep two routes apart.
   */
  private static boolean agree(Map<String, String> a, Map<String, String> b) {
    return a.entrySet().stream()
        .allMatch(e -> b.getOrDefault(e.getKey(), e.getValue()).equals(e.getValue()));
  }
}
