package dev.banyan.rules;

import dev.banyan.rules.PathTemplate.Segment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds pairs of routes that can take the same request with neither being more specific. */
final class RouteConflicts {
  private RouteConflicts() {}

  /**
   * Two places in the list.
   *
   * @param earlier the first one that conflicts with the later
   */
  record Pair(int earlier, int later) {}

  /** Every route that conflicts with an earlier one, once. */
  static List<Pair> find(List<Route> routes, PathMatching paths) {
    Map<String, List<Integer>> sameRank = new HashMap<>();
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < routes.size(); i++) {
      RouteMatch match = routes.get(i).match();
      List<Integer> others = sameRank.computeIfAbsent(rank(match, paths), r -> new ArrayList<>());
      for (int other : others) {
        if (overlap(routes.get(other).match(), match)) {
          pairs.add(new Pair(other, i));
          break;
        }
      }
      others.add(i);
    }
    return pairs;
  }

  /**
   * Routes of different rank never tie: for any one request the order of host, path, methods and
   * number of conditions settles which comes first. Names of variables do not count.
   */
  private static String rank(RouteMatch match, PathMatching paths) {
    StringBuilder rank = new StringBuilder(match.host().orElse("")).append(' ');
    for (Segment segment : paths.segments(match.path())) {
      rank.append('/')
          .append(
              switch (segment) {
                case Segment.Literal(String text) ->
                    paths.normal(Escapes.decode(Escapes.bytes(text)));
                case Segment.Variable variable -> "/v"; // no literal holds a slash
                case Segment.Rest rest -> "/r";
              });
    }
    return rank.append(match.methods().isEmpty() ? " any " : " named ")
        .append(match.headers().size())
        .append(' ')
        .append(match.query().size())
        .toString();
  }

  private static boolean overlap(RouteMatch a, RouteMatch b) {
    boolean methods = a.methods().isEmpty() || !Collections.disjoint(a.methods(), b.methods());
    return methods && agree(a.headers(), b.headers()) && agree(a.query(), b.query());
  }

  /** Whether one request can meet both; a name has one value, so different values keep apart. */
  private static boolean agree(Map<String, String> a, Map<String, String> b) {
    return a.entrySet().stream()
        .allMatch(e -> b.getOrDefault(e.getKey(), e.getValue()).equals(e.getValue()));
  }
}
