package dev.banyan.rules;

/**
 * One unit of migration, usually one endpoint.
 *
 * @param id unique in the rule set; letters, digits, {@code . _ -}
 * @param match which requests it takes
 * @param target what happens to them
 */
public record Route(String id, RouteMatch match, RouteTarget target) {}
