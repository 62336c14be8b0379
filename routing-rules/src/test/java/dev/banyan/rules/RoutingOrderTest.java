package dev.banyan.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.rules.PathMatching.Letters;
import dev.banyan.rules.PathMatching.TrailingSlash;
import dev.banyan.rules.PathTemplate.Segment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The table against a plain list that is tried in the documented order. */
class RoutingOrderTest {
  /** The documented order; equal means a tie. */
  private static Comparator<Route> order(PathMatching paths) {
    return Comparator.comparing(
            (Route r) -> r.match().host().map(h -> h.startsWith("*") ? 1 : 0).orElse(2))
        .thenComparing(r -> rank(r.match().path(), paths))
        .thenComparing(r -> r.match().methods().isEmpty())
        .thenComparing(r -> -r.match().headers().size())
        .thenComparing(r -> -r.match().query().size());
  }

  @Property(tries = 3000)
  void theTableFindsWhatTryingEveryRouteInOrderFinds(
      @ForAll("matches") List<RouteMatch> matches,
      @ForAll("paths") PathMatching paths,
      @ForAll("heads") SimpleRequestHead head) {
    List<Route> routes = withoutConflicts(matches, paths);
    RoutingTable table = table(routes, paths);

    List<Route> taking =
        routes.stream()
            .filter(r -> RouteMatcher.mismatch(r.match(), paths, head).isEmpty())
            .sorted(order(paths))
            .toList();

    // What the reader lets pass never ties: the conflict check is complete.
    if (taking.size() > 1) {
      assertThat(order(paths).compare(taking.get(0), taking.get(1))).isNegative();
    }
    assertThat(((Decision.Refuse) table.decide(head, 0)).routeId())
        .isEqualTo(taking.stream().findFirst().map(Route::id));
  }

  @Property(tries = 2000)
  void whatIsIgnoredIsAsIfItWereWrittenOneWay(
      @ForAll("matches") List<RouteMatch> matches, @ForAll("heads") SimpleRequestHead head) {
    PathMatching lax = new PathMatching(Letters.INSENSITIVE, TrailingSlash.IGNORED);
    List<Route> routes = withoutConflicts(matches, lax);
    List<Route> plain =
        routes.stream().map(r -> new Route(r.id(), oneWay(r.match()), r.target())).toList();

    assertThat(table(routes, lax).decide(head, 0))
        .isEqualTo(
            table(plain, PathMatching.AS_WRITTEN)
                .decide(
                    new SimpleRequestHead(
                        head.method(),
                        head.host(),
                        oneWay(head.path()),
                        head.query(),
                        head.headers()),
                    0));
  }

  private static RouteMatch oneWay(RouteMatch match) {
    return new RouteMatch(
        match.methods(),
        match.host(),
        PathTemplate.parse(oneWay(match.path().toString())),
        match.headers(),
        match.query());
  }

  private static String oneWay(String path) {
    String lower = path.toLowerCase(Locale.ROOT).replace("%c3%89", "%c3%a9");
    return lower.length() > 1 && lower.endsWith("/")
        ? lower.substring(0, lower.length() - 1)
        : lower;
  }

  private static RoutingTable table(List<Route> routes, PathMatching paths) {
    return RoutingTable.compile(
        new RuleSet(Map.of(), routes, Map.of(), paths, "digest"), Map.of(), Set.of(), 0);
  }

  @Provide
  Arbitrary<PathMatching> paths() {
    return Combinators.combine(Arbitraries.of(Letters.class), Arbitraries.of(TrailingSlash.class))
        .as(PathMatching::new);
  }

  /** Routes in order, but for those that the reader would refuse beside the earlier ones. */
  private static List<Route> withoutConflicts(List<RouteMatch> matches, PathMatching paths) {
    List<Route> kept = new ArrayList<>();
    for (RouteMatch match : matches) {
      Route route = new Route("route-" + kept.size(), match, new RouteTarget.Refusal(403));
      List<Route> all = Stream.concat(kept.stream(), Stream.of(route)).toList();
      if (RouteConflicts.find(all, paths).isEmpty()) {
        kept.add(route);
      }
    }
    return kept;
  }

  @Provide
  Arbitrary<List<RouteMatch>> matches() {
    Arbitrary<Set<String>> methods =
        Arbitraries.of(Set.of(), Set.of(), Set.of("GET"), Set.of("GET", "POST"), Set.of("POST"));
    Arbitrary<Optional<String>> hosts =
        Arbitraries.of(Optional.empty(), Optional.empty(), Optional.of("a.x"), Optional.of("*.x"));
    return Combinators.combine(
            methods, hosts, templates(), conditions("h", "i"), conditions("q", "r"))
        .as(RouteMatch::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(14);
  }

  private static Arbitrary<PathTemplate> templates() {
    Arbitrary<String> part = Arbitraries.of("a", "B", "aa", "Aa", "c%20d", "%C3%A9", "{x}", "{y}");
    return Combinators.combine(part.list().ofMaxSize(3), Arbitraries.of("", "/", "/**"))
        .as((parts, end) -> "/" + String.join("/", parts) + end)
        .map(text -> PathTemplate.parse(text.replace("//", "/")));
  }

  private static Arbitrary<Map<String, String>> conditions(String one, String other) {
    return Arbitraries.of(
        Map.of(),
        Map.of(),
        Map.of(one, "1"),
        Map.of(one, "2"),
        Map.of(other, "1"),
        Map.of(one, "1", other, "1"));
  }

  @Provide
  Arbitrary<SimpleRequestHead> heads() {
    Arbitrary<String> path =
        Arbitraries.of("a", "A", "b", "aa", "AA", "C%20d", "%C3%A9", "%c3%89", "z", "")
            .list()
            .ofMaxSize(4)
            .map(parts -> "/" + String.join("/", parts))
            .filter(p -> !p.contains("//"));
    Arbitrary<String> query = Arbitraries.of("", "q=1", "q=2", "q=1&q=2", "r=1", "r=%31&q=1", "q");
    return Combinators.combine(
            Arbitraries.of("GET", "POST", "PUT"),
            Arbitraries.of("", "a.x", "b.x:80", "A.x.", "a.b.x"),
            path,
            query,
            conditions("h", "i"))
        .as(SimpleRequestHead::new);
  }

  /** Literal before variable before rest, segment by segment; the end counts like a literal. */
  private static String rank(PathTemplate template, PathMatching paths) {
    StringBuilder rank = new StringBuilder();
    for (Segment segment : paths.segments(template)) {
      rank.append(
          switch (segment) {
            case Segment.Literal literal -> '1';
            case Segment.Variable variable -> '2';
            case Segment.Rest rest -> '3';
          });
    }
    return rank.append('0').toString();
  }
}
