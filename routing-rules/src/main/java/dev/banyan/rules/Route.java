package dev.banyan.rules;

import org.jspecify.annotations.Nullable;

/**
 * One unit of migration, usually one endpoint.
 *
 * @param id unique in the rule set; letters, digits, {@code . _ -}
 * @param match which requests it takes
 * @param target what happens to them
 * @param rateLimit how many it takes, or null for as many as come
 */
public record Route(
    String id, RouteMatch match, RouteTarget target, @Nullable RateLimit rateLimit) {
  public Route(String id, RouteMatch match, RouteTarget target) {
    this(id, match, target, null);
  }
}
