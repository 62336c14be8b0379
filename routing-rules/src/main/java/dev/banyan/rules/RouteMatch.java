package dev.banyan.rules;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which requests a route takes; all parts must hold.
 *
 * @param methods upper-case; empty means every method
 * @param host exact ({@code shop.example}) or one leading wildcard label ({@code *.example});
 *     lower-case, no port
 * @param path a template: literal segments, {@code {name}} for one segment, a last {@code **} for
 *     the folder itself and all below it
 * @param headers name (lower-case) to exact value
 * @param query parameter name to exact value, both decoded
 */
public record RouteMatch(
    Set<String> methods,
    Optional<String> host,
    PathTemplate path,
    Map<String, String> headers,
    Map<String, String> query) {
  public RouteMatch {
    methods = Set.copyOf(methods);
    headers = Map.copyOf(headers);
    query = Map.copyOf(query);
  }
}
