package dev.banyan.rules;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A route with its decisions made beforehand. */
final class CompiledRoute {
  private final Route route;
  private final Decision decision;

  /** Null where the decision above is the only one: the usual route of a large table. */
  private final @Nullable ServeChoices choices;

  private final int methods;
  private final boolean anyMethod;
  private final @Nullable Conditions conditions;
  private @Nullable CompiledRoute next;

  private CompiledRoute(
      Route route,
      Decision decision,
      @Nullable ServeChoices choices,
      @Nullable Conditions conditions) {
    this.route = route;
    this.decision = decision;
    this.choices = choices;
    this.conditions = conditions;
    methods = MethodBits.of(route.match().methods());
    anyMethod = route.match().methods().isEmpty();
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

  static CompiledRoute refusing(
      Route route, RouteTarget.Refusal refusal, Conditions.Shared conditions) {
    return new CompiledRoute(
        route,
        new Decision.Refuse(refusal.status(), "refused by rule", Optional.of(route.id())),
        null,
        conditions.of(route.match()));
  }

  static CompiledRoute serving(Route route, ServeChoices choices, Conditions.Shared conditions) {
    return new CompiledRoute(
        route, choices.first(), choices.areOne() ? null : choices, conditions.of(route.match()));
  }

  RouteMatch match() {
    return route.match();
  }

  Decision decide(RequestHead head, long ticket) {
    return choices == null ? decision : choices.pick(head, ticket);
  }

  /** Whether all but host and path hold. */
  boolean accepts(RequestHead head) {
    return (anyMethod || MethodBits.contains(methods, route.match().methods(), head.method()))
        && (conditions == null || conditions.hold(head));
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
