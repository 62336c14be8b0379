package dev.banyan.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rule set and every route's stage, compiled for the hot path: swapped whole, never mutated.
 *
 * <p>The most specific route that matches serves. In this order: an exact host before a wildcard
 * host before none; then the path, segment by segment, a literal before a {@code {variable}} before
 * {@code **}; then named methods before any; then more header conditions; then more query
 * conditions. Two routes that tie are refused by {@link RuleSetReader}, so the order of the file
 * never matters.
 */
public final class RoutingTable {
  private static final Decision NO_ROUTE =
      new Decision.Refuse(404, "no route matches this request", Optional.empty());
  private static final Decision AMBIGUOUS =
      new Decision.Refuse(
          400,
          "ambiguous path: as written and as decoded it names different things",
          Optional.empty());

  private final RuleSet rules;
  private final Map<String, Stage> stages;
  private final long revision;
  private final HostTable hosts;

  private RoutingTable(RuleSet rules, Map<String, Stage> stages, long revision, HostTable hosts) {
    this.rules = rules;
    this.stages = stages;
    this.revision = revision;
    this.hosts = hosts;
  }

  /**
   * Compiles.
   *
   * @param stages what the ledger says, by route id; a route that is missing is in its first stage,
   *     an id that the rule set does not know is passed over, and a route without a migrated
   *     upstream is always in {@code legacy}
   * @param recorded ids of the routes whose exchanges are kept for a contract
   * @param revision of the ledger
   */
  public static RoutingTable compile(
      RuleSet rules, Map<String, Stage> stages, Set<String> recorded, long revision) {
    return compile(rules, stages, recorded, revision, Rollouts.NONE);
  }

  /**
   * Compiles, likewise.
   *
   * @param rollouts what clients' sides are drawn with
   */
  public static RoutingTable compile(
      RuleSet rules,
      Map<String, Stage> stages,
      Set<String> recorded,
      long revision,
      Rollouts rollouts) {
    Map<String, Stage> effective = new LinkedHashMap<>();
    List<CompiledRoute> routes = new ArrayList<>();
    Conditions.Shared conditions = new Conditions.Shared();
    for (Route route : rules.routes()) {
      switch (route.target()) {
        case RouteTarget.Refusal refusal ->
            routes.add(CompiledRoute.refusing(route, refusal, conditions));
        case RouteTarget.Forward forward -> {
          Stage stage = stages.getOrDefault(route.id(), forward.firstStage());
          if (forward.migrated().isEmpty()) {
            stage = new Stage.Legacy();
          }
          effective.put(route.id(), stage);
          Decision.Capture capture =
              recorded.contains(route.id()) ? Decision.Capture.EXCHANGE : Decision.Capture.NONE;
          routes.add(
              CompiledRoute.serving(
                  route,
                  new ServeChoices(rules, route, forward, stage, revision, capture, rollouts),
                  conditions));
        }
      }
    }
    return new RoutingTable(
        rules, Map.copyOf(effective), revision, HostTable.of(routes, rules.paths()));
  }

  /**
   * Decides one request: the most specific route that matches serves it. Allocates nothing unless
   * the path can be read in another way, the host has capital letters while routes name hosts, or
   * the route is in canary and the request carries Banyan's own cookie.
   *
   * @param ticket uniform over all longs; its upper half draws the canary where nothing places the
   *     client, its lower half the shadow sample
   */
  public Decision decide(RequestHead head, long ticket) {
    String path = head.path();
    if (!CanonicalPath.isPlain(path)) {
      return decideUnlessAmbiguous(head, path, ticket);
    }
    return decide(hosts.find(head, path), head, ticket);
  }

  private Decision decideUnlessAmbiguous(RequestHead head, String path, long ticket) {
    PathMatching paths = rules.paths();
    String bytes = Escapes.bytes(path);
    CompiledRoute asWritten = hosts.find(head, paths.normal(bytes));
    CanonicalPath canonical = CanonicalPath.of(bytes);
    return canonical.hidesMore() || hosts.find(head, paths.normal(canonical.path())) != asWritten
        ? AMBIGUOUS
        : decide(asWritten, head, ticket);
  }

  private static Decision decide(@Nullable CompiledRoute route, RequestHead head, long ticket) {
    return route == null ? NO_ROUTE : route.decide(head, ticket);
  }

  /** Why a request is decided as it is; for people, not for the hot path. */
  public Explanation explain(RequestHead head) {
    List<Explanation.Considered> considered = new ArrayList<>();
    for (Route route : rules.routes()) {
      considered.add(
          new Explanation.Considered(
              route.id(), RouteMatcher.mismatch(route.match(), rules.paths(), head)));
    }
    return new Explanation(decide(head, 0), considered);
  }

  public RuleSet rules() {
    return rules;
  }

  /** The stage of every route that forwards, by route id. */
  public Map<String, Stage> stages() {
    return stages;
  }

  /** The written route of an id. */
  public Optional<Route> route(String id) {
    return rules.routes().stream().filter(r -> r.id().equals(id)).findFirst();
  }

  public long revision() {
    return revision;
  }
}
