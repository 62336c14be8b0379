package dev.banyan.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.rules.PathTemplate.Segment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The trie against a plain list that is tried in the documented order. */
class PathTrieTest {
  @Property(tries = 2000)
  void findsWhatTryingEveryRouteInOrderFinds(
      @ForAll("templates") List<String> templates, @ForAll("paths") String path) {
    List<PathTemplate> distinct = distinct(templates);
    PathTrie trie = PathTrie.of(distinct.stream().map(PathTrieTest::route).toList());

    Optional<String> expected =
        distinct.stream()
            .filter(t -> RouteMatcher.path(t, path))
            .min(Comparator.comparing(PathTrieTest::rank))
            .map(PathTemplate::toString);

    CompiledRoute found = trie.find(SimpleRequestHead.of("GET", path, Map.of()), path);
    assertThat(Optional.ofNullable(found).map(r -> r.match().path().toString()))
        .isEqualTo(expected);
  }

  @Provide
  Arbitrary<List<String>> templates() {
    Arbitrary<String> part = Arbitraries.of("a", "b", "aa", "{x}");
    Arbitrary<String> end = Arbitraries.of("", "/", "/**");
    return part.list()
        .ofMaxSize(4)
        .flatMap(
            parts ->
                end.map(
                    e ->
                        parts.isEmpty()
                            ? (e.isEmpty() ? "/" : e)
                            : "/" + String.join("/", parts) + e))
        .list()
        .ofMinSize(1)
        .ofMaxSize(12);
  }

  @Provide
  Arbitrary<String> paths() {
    return Arbitraries.of("a", "b", "aa", "c", "")
        .list()
        .ofMaxSize(5)
        .map(p -> "/" + String.join("/", p));
  }

  private static List<PathTemplate> distinct(List<String> templates) {
    Set<String> seen = new HashSet<>();
    List<PathTemplate> distinct = new ArrayList<>();
    for (String template : templates) {
      if (seen.add(template)) {
        distinct.add(PathTemplate.parse(template));
      }
    }
    return distinct;
  }

  /** Literal before variable before rest, segment by segment; the end counts like a literal. */
  private static String rank(PathTemplate template) {
    StringBuilder rank = new StringBuilder();
    for (Segment segment : template.segments()) {
      rank.append(
          switch (segment) {
            case Segment.Literal(String text) -> '1';
            case Segment.Variable(String name) -> '2';
            case Segment.Rest() -> '3';
          });
    }
    return rank.append('0').toString();
  }

  private static CompiledRoute route(PathTemplate path) {
    return CompiledRoute.refusing(
        new Route(
            path.toString(),
            new RouteMatch(Set.of(), Optional.empty(), path, Map.of(), Map.of()),
            new RouteTarget.Refusal(403)),
        new RouteTarget.Refusal(403));
  }
}
