package dev.banyan.rules;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A route with its decisions made beforehand. */
final class CompiledRoute {
  private final Route route;
  private final Decision.@Nullable Refuse refusal;
  private final @Nullable ServeChoices choices;
  private final String[] headerNames;
  private final String[] headerValues;
  private final QueryConditions query;

  private CompiledRoute(
      Route route, Decision.@Nullable Refuse refusal, @Nullable ServeChoices choices) {
    this.route = route;
    this.refusal = refusal;
    this.choices = choices;
    Map<String, String> headers = route.match().headers();
    headerNames = headers.keySet().toArray(String[]::new);
    headerValues = headers.values().toArray(String[]::new);
    query = QueryConditions.of(route.match().query());
  }

  static CompiledRoute refusing(Route route, RouteTarget.Refusal refusal) {
    return new CompiledRoute(
        route,
        new Decision.Refuse(refusal.status(), "refused by rule", Optional.of(route.id())),
        null);
  }

  static CompiledRoute serving(Route route, ServeChoices choices) {
    return new CompiledRoute(route, null, choices);
  }

  RouteMatch match() {
    return route.match();
  }

  Decision decide(RequestHead head, long ticket) {
    return choices != null ? choices.pick(head, ticket) : unlessNull(refusal);
  }

  private static Decision unlessNull(Decision.@Nullable Refuse refusal) {
    if (refusal == null) {
      throw new IllegalStateException("a route neither serves nor refuses");
    }
    return refusal;
  }

  /** Whether all but host and path hold. */
  boolean accepts(RequestHead head) {
    RouteMatch match = route.match();
    if (!match.methods().isEmpty() && !match.methods().contains(head.method())) {
      return false;
    }
    for (int i = 0; i < headerNames.length; i++) {
      if (!headerValues[i].equals(head.header(headerNames[i]))) {
        return false;
      }
    }
    return query.hold(head.query());
  }

  /** Negative if this one is to be tried before the other, both having the same host and path. */
  int compareSpecificity(CompiledRoute other) {
    RouteMatch mine = route.match();
    RouteMatch others = other.route.match();
    if (mine.methods().isEmpty() != others.methods().isEmpty()) {
      return mine.methods().isEmpty() ? 1 : -1;
    }
    int byHeaders = others.headers().size() - mine.headers().size();
    return byHeaders != 0 ? byHeaders : others.query().size() - mine.query().size();
  }
}
