package dev.banyan.rules;

import java.util.List;
import java.util.Map;

/**
 * The written routes, upstreams and comparison profiles: immutable, and valid or not constructed.
 * Made by {@link RuleSetReader}, which has checked that every name that is used is defined.
 *
 * @param upstreams by name
 * @param routes in the order of the files; the order has no meaning for matching
 * @param profiles by name, the built-in ones among them
 * @param paths how paths are read where they are matched
 * @param privateFields what the owner calls private, on every route
 * @param digest SHA-256 of the source text and of the descriptor sets it names, lower-case hex: two
 *     rule sets with one digest are the same
 */
public record RuleSet(
    Map<String, Upstream> upstreams,
    List<Route> routes,
    Map<String, CompareProfile> profiles,
    PathMatching paths,
    PrivateFields privateFields,
    String digest) {
  public RuleSet {
    upstreams = Map.copyOf(upstreams);
    routes = List.copyOf(routes);
    profiles = Map.copyOf(profiles);
  }

  /** With nothing called private. */
  public RuleSet(
      Map<String, Upstream> upstreams,
      List<Route> routes,
      Map<String, CompareProfile> profiles,
      PathMatching paths,
      String digest) {
    this(upstreams, routes, profiles, paths, PrivateFields.NONE, digest);
  }

  /** With paths read as they are written. */
  public RuleSet(
      Map<String, Upstream> upstreams,
      List<Route> routes,
      Map<String, CompareProfile> profiles,
      String digest) {
    this(upstreams, routes, profiles, PathMatching.AS_WRITTEN, digest);
  }
}
