package dev.banyan.app.offline;

import dev.banyan.parity.Comparer;
import dev.banyan.parity.Comparison;
import dev.banyan.parity.Headers;
import dev.banyan.parity.Observation;
import dev.banyan.parity.RequestCopy;
import dev.banyan.rules.CompareProfile;
import dev.banyan.rules.Decision;
import dev.banyan.rules.Route;
import dev.banyan.rules.RouteTarget;
import dev.banyan.rules.RoutingTable;
import dev.banyan.rules.RuleSet;
import dev.banyan.rules.SimpleRequestHead;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Compares as the facade would: by a profile that is named, or by that of the route that the
 * request takes. Thread-safe.
 */
final class Judge {
  private final Optional<RoutingTable> table;
  private final Optional<CompareProfile> named;
  private final Map<CompareProfile, Comparer> comparers = new ConcurrentHashMap<>();

  private Judge(Optional<RoutingTable> table, Optional<CompareProfile> named) {
    this.table = table;
    this.named = named;
  }

  /**
   * @param rules a rule file or folder: its profiles can be named, its routes give the profile
   *     where none is
   * @param profile its name
   */
  static Judge of(Optional<String> rules, Optional<String> profile) throws WrongUsage {
    Profiles profiles = Profiles.of(rules);
    Optional<CompareProfile> named = profiles.named(profile);
    Optional<RuleSet> read = profiles.rules();
    return new Judge(read.map(all -> RoutingTable.compile(all, Map.of(), Set.of(), 0)), named);
  }

  Optional<RuleSet> rules() {
    return table.map(RoutingTable::rules);
  }

  /** The route that a request takes; empty without rules, and where it takes none. */
  Optional<Route> route(RequestCopy request) {
    if (table.isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> headers = new HashMap<>();
    for (Headers.Field field : request.headers().fields()) {
      headers.putIfAbsent(field.name().toLowerCase(java.util.Locale.ROOT), field.value());
    }
    SimpleRequestHead head = SimpleRequestHead.of(request.method(), request.target(), headers);
    return table.get().decide(head, 0) instanceof Decision.Serve serve
        ? Optional.of(serve.route())
        : Optional.empty();
  }

  Comparison compare(Optional<RequestCopy> request, Observation control, Observation candidate) {
    Comparer comparer = comparers.computeIfAbsent(profile(request), Comparer::of);
    return request.isEmpty()
        ? comparer.compare(control, candidate)
        : comparer.compare(asked(request.get()), control, candidate);
  }

  /** What was asked, but not of whom: two recordings may be those of two hosts. */
  private static RequestCopy asked(RequestCopy request) {
    return new RequestCopy(request.method(), request.target(), Headers.NONE, request.body());
  }

  /** The name of the profile that this request's answers are compared by. */
  CompareProfile profile(Optional<RequestCopy> request) {
    return named
        .or(() -> request.flatMap(this::route).flatMap(this::profile))
        .orElse(CompareProfile.STRICT);
  }

  private Optional<CompareProfile> profile(Route route) {
    return route.target() instanceof RouteTarget.Forward forward
        ? rules().map(all -> all.profiles().get(forward.compare()))
        : Optional.empty();
  }

  /** What people are told of the choice. */
  String words() {
    return named
        .map(CompareProfile::name)
        .orElse(table.isPresent() ? "the routes' own" : CompareProfile.STRICT.name());
  }
}
