package dev.banyan.rules;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A route with its decisions made beforehand. */
final class CompiledRoute {
  private static final String[] NONE = {};

  private final Route route;
  private final Decision.@Nullable Refuse refusal;
  private final @Nullable ServeChoices choices;
  private final int methods;
  private final boolean anyMethod;
  private final String[] headerNames;
  private final String[] headerValues;
  private final @Nullable QueryConditions query;
  private @Nullable CompiledRoute next;

  private CompiledRoute(
      Route route, Decision.@Nullable Refuse refusal, @Nullable ServeChoices choices) {
    this.route = route;
    this.refusal = refusal;
    this.choices = choices;
    Map<String, String> headers = route.match().headers();
    headerNames = headers.isEmpty() ? NONE : headers.keySet().toArray(String[]::new);
    headerValues = headers.isEmpty() ? NONE : headers.values().toArray(String[]::new);
    methods = MethodBits.of(route.match().methods());
    anyMethod = route.match().methods().isEmpty();
    query = route.match().query().isEmpty() ? null : QueryConditions.of(route.match().query());
  }

  /** Ties the routes of one path together in the order they are to be tried; the first, or null. */
  static @Nullable CompiledRoute chain(List<CompiledRoute> routes) {
    CompiledRoute first = null;
    for (CompiledRoute route :
        routes.stream().sorted(CompiledRoute::compareSpecificity).toList().reversed()) {
      route.next = first;
      first = route;
    }
    return first;
  }

  /** What is to be tried after this one, for the same host and path. */
  @Nullable CompiledRoute next() {
    return next;
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
    if (!anyMethod && !MethodBits.contains(methods, route.match().methods(), head.method())) {
      return false;
    }
    for (int i = 0; i < headerNames.length; i++) {
      if (!headerValues[i].equals(head.header(headerNames[i]))) {
        return false;
      }
    }
    return query == null || query.hold(head.query());
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
