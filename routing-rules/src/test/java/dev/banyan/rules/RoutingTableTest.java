package dev.banyan.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutingTableTest {
  private static final String RULES =
      """
      version: 1
      upstreams:
        legacy: { url: http://127.0.0.1:1 }
        new: { url: http://127.0.0.1:2 }
      routes:
        - { id: list, match: { methods: [GET], path: /api/products }, legacy: legacy, migrated: new }
        - { id: one, match: { methods: [GET], path: "/api/products/{id}" }, legacy: legacy, migrated: new, shadow: { sample: 50% } }
        - { id: top, match: { path: /api/products/top }, legacy: legacy }
        - { id: lines, match: { path: "/api/{kind}/top/lines" }, legacy: legacy }
        - { id: blue, match: { path: "/api/products/{id}", methods: [GET], headers: { X-Tenant: blue } }, legacy: legacy }
        - { id: full, match: { path: "/api/products/{id}", methods: [GET], query: { full: "yes" } }, legacy: legacy }
        - { id: api, match: { path: /api/** }, legacy: legacy }
        - { id: internals, match: { path: /internal/** }, refuse: 403 }
        - { id: shop, match: { host: shop.example, path: /** }, legacy: legacy }
        - { id: shops, match: { host: "*.shop.example", path: /** }, legacy: legacy }
        - { id: rest, match: { path: /** }, legacy: legacy }
        - { id: escaped, match: { path: /a%20b }, legacy: legacy }
      """;

  @ParameterizedTest
  @CsvSource({
    "GET, /api/products, list",
    "POST, /api/products, api",
    "GET, /api/products/, api",
    "GET, /api/products/7, one",
    "GET, /api/products/top, top",
    "GET, /api/products/top/lines, lines",
    "GET, /api/products/top/other, api",
    "GET, /api, api",
    "GET, /api/, api",
    "GET, /apix, rest",
    "GET, /API/products, rest",
    "GET, /, rest",
    "GET, /api/products/7?full=yes, full",
    "GET, /api/products/7?full=no, one",
    "GET, http://SHOP.example:8080/api/products, shop",
    "GET, http://a.shop.example/api/products, shops",
    "GET, http://a.b.shop.example/api/products, list",
    "GET, /a%20b, escaped",
    "GET, /img/../Echo.ashx, rest",
    "GET, //Echo.ashx, rest",
    "GET, /Echo.ashx/a%2Fb%20c/%C3%BC, rest",
    "GET, /100%25, rest",
    "GET, /a;jsessionid=1, rest",
    "GET, /.well-known/x, rest",
    "GET, /api/products/a%20b, one",
    "GET, /api/products/%C3%BC;v=1, one",
    "GET, http://shop.example./x, shop",
    "GET, http://SHOP.EXAMPLE:443/x, shop",
    "GET, http://.shop.example/x, rest",
    "GET, /api/products/7?a=1&full=%79es, full",
    "GET, /api/products/7?full=yes&full=no, one",
    "GET, /api/products/7?fully=yes, one",
    "GET, *, '404 '",
  })
  void theMostSpecificRouteServes(String method, String url, String id) {
    assertThat(routeOf(decide(method, url, Map.of()))).isEqualTo(id);
  }

  @Test
  void aHeaderConditionIsMoreSpecificThanNone() {
    assertThat(routeOf(decide("GET", "/api/products/7", Map.of("X-Tenant", "blue"))))
        .isEqualTo("blue");
    assertThat(routeOf(decide("GET", "/api/products/7", Map.of("X-Tenant", "red"))))
        .isEqualTo("one");
  }

  @ParameterizedTest
  @CsvSource({"/internal", "/internal/", "/internal/a/b"})
  void aRefusedFolderIsRefusedWithAllBelowIt(String path) {
    assertThat(decide("GET", path, Map.of()))
        .isEqualTo(new Decision.Refuse(403, "refused by rule", Optional.of("internals")));
  }

  @ParameterizedTest
  @CsvSource({
    "/x/../internal/a",
    "/internal%2fa",
    "/internal.",
    "/internal./a",
    "/internal%20/a",
    "/internal::$DATA",
    "/(S(x))/internal/a",
    "/(X(1)F(ab)S(cd))/internal",
    "/%ef%bd%89nternal/a",
    "/\uff49nternal/a",
    "/x%ef%bc%8f..%ef%bc%8finternal",
    "/%69nternal/a",
    "/x/%2e%2e/internal/a",
    "/x%5c..%5cinternal",
    "//internal/a",
    "/./internal/a",
    "/internal;x=1/a",
    "/x/%252e%252e/internal",
    "/x%00",
    "/x/%25252e%25252e/internal",
    "/%u0069nternal/a",
    "/x/..%c0%af..%c0%afinternal/a",
    "/x/..;/internal/a",
    "/\\internal\\a",
    "/x%2f..%2finternal",
    "/internal/%2e%2e/x",
    "/internal/../api",
  })
  void aPathThatCouldBeReadAsAnotherRouteIsRefused(String path) {
    assertThat(decide("GET", path, Map.of()))
        .isInstanceOfSatisfying(Decision.Refuse.class, r -> assertThat(r.status()).isEqualTo(400));
  }

  @ParameterizedTest
  @CsvSource({"/caf%C3%A9/x", "/caf%c3%a9/x"})
  void aLiteralWithEscapesIsMetInEitherCaseOfHex(String path) {
    RoutingTable table =
        RuleFiles.table(
            """
            version: 1
            upstreams: { l: { url: http://a } }
            routes:
              - { id: cafe, match: { path: /caf%C3%A9/** }, legacy: l }
              - { id: rest, match: { path: /** }, legacy: l }
            """,
            Map.of());

    assertThat(routeOf(table.decide(SimpleRequestHead.of("GET", path, Map.of()), 0)))
        .isEqualTo("cafe");
  }

  @Test
  void withoutARouteTheAnswerIs404() {
    RoutingTable table =
        RuleFiles.table(
            "version: 1\nupstreams: { l: { url: 'http://a' } }\nroutes: [{ id: a, match: { path: /a }, legacy: l }]",
            Map.of());

    assertThat(table.decide(SimpleRequestHead.of("GET", "/b", Map.of()), 0))
        .isInstanceOfSatisfying(Decision.Refuse.class, r -> assertThat(r.status()).isEqualTo(404));
  }

  @Test
  void everyStageServesAndMirrorsAsItSays() {
    assertThat(choice("legacy", 0)).isEqualTo("legacy");
    assertThat(choice("shadow", 0)).isEqualTo("legacy+migrated");
    assertThat(choice("shadow", 9_999)).isEqualTo("legacy");
    assertThat(choice("canary:10", 0)).isEqualTo("migrated+legacy");
    assertThat(choice("canary:10", 999L << 32)).isEqualTo("migrated+legacy");
    assertThat(choice("canary:10", 1000L << 32)).isEqualTo("legacy+migrated");
    assertThat(choice("live", 0)).isEqualTo("migrated+legacy");
    assertThat(choice("retired", 0)).isEqualTo("migrated");
  }

  @Test
  void theCanaryShareIsTheShareOfTickets() {
    RoutingTable table = RuleFiles.table(RULES, Map.of("one", Stage.parse("canary:10")));
    RequestHead head = SimpleRequestHead.of("GET", "/api/products/7", Map.of());
    int migrated = 0;
    for (int i = 0; i < 100_000; i++) {
      Decision.Serve serve =
          (Decision.Serve) table.decide(head, ThreadLocalRandom.current().nextLong());
      migrated += serve.side() == Side.MIGRATED ? 1 : 0;
    }
    // Six standard deviations of a binomial with p = 0.1 around its mean.
    assertThat(migrated).isBetween(9_430, 10_570);
  }

  @Test
  void unsafeMethodsAreNotMirroredUnlessTheRuleSaysSo() {
    RoutingTable table =
        RuleFiles.table(
            RULES.replace("methods: [GET], path: /api/products }", "path: /api/products }"),
            Map.of("list", new Stage.Shadow()));

    assertThat(serve(table, "POST", "/api/products").mirror()).isNull();
    assertThat(serve(table, "GET", "/api/products").mirror()).isNotNull();
  }

  @Test
  void onlyWhatLegacyServedIsSentToLegacyOrItsOtherInstanceOnceMore() {
    String text =
        """
        version: 1
        upstreams:
          old: { url: http://127.0.0.1:1 }
          twin: { url: http://127.0.0.1:2 }
          new: { url: http://127.0.0.1:3 }
        routes:
          - { id: own, match: { path: /own }, legacy: old, migrated: new, noise: {} }
          - { id: named, match: { path: /named }, legacy: old, migrated: new,
              noise: { against: twin } }
          - { id: none, match: { path: /none }, legacy: old, migrated: new }
        """;
    RuleSet rules = ((ReadResult.Accepted) RuleSetReader.read("rules", text)).rules();

    assertThat(baseline(rules, new Stage.Shadow(), "/own")).isEqualTo("old");
    assertThat(baseline(rules, new Stage.Shadow(), "/named")).isEqualTo("twin");
    assertThat(baseline(rules, new Stage.Shadow(), "/none")).isEqualTo("none");
    assertThat(baseline(rules, new Stage.Live(), "/own")).isEqualTo("none");
  }

  private static String baseline(RuleSet rules, Stage stage, String path) {
    Map<String, Stage> stages = Map.of("own", stage, "named", stage, "none", stage);
    Decision.Mirror mirror =
        serve(RoutingTable.compile(rules, stages, Set.of(), 1), "GET", path).mirror();
    return mirror == null || mirror.baseline() == null
        ? "none"
        : mirror.baseline().upstream().name();
  }

  @Test
  void aRouteThatLostItsMigratedSideIsServedByLegacy() {
    RoutingTable table = RuleFiles.table(RULES, Map.of("api", new Stage.Live()));

    assertThat(serve(table, "GET", "/api/x").side()).isEqualTo(Side.LEGACY);
    assertThat(table.stages()).containsEntry("api", new Stage.Legacy());
  }

  @Test
  void recordedRoutesCaptureTheirExchanges() {
    RoutingTable table = RoutingTable.compile(RuleFiles.rules(RULES), Map.of(), Set.of("rest"), 3);

    assertThat(serve(table, "GET", "/x").captures()).isTrue();
    assertThat(serve(table, "GET", "/api/x").captures()).isFalse();
  }

  @Test
  void anExplanationNamesWhatEachRouteLacks() {
    Explanation explanation =
        RuleFiles.table(RULES, Map.of())
            .explain(SimpleRequestHead.of("POST", "/api/products", Map.of()));

    assertThat(explanation.considered())
        .contains(
            new Explanation.Considered("list", Optional.of("method is POST, not one of [GET]")),
            new Explanation.Considered("api", Optional.empty()));
  }

  private static String choice(String stage, long ticket) {
    RoutingTable table = RuleFiles.table(RULES, Map.of("one", Stage.parse(stage)));
    Decision.Serve serve =
        (Decision.Serve)
            table.decide(SimpleRequestHead.of("GET", "/api/products/7", Map.of()), ticket);
    Decision.Mirror mirror = serve.mirror();
    return serve.side().word() + (mirror == null ? "" : "+" + mirror.side().word());
  }

  private static Decision decide(String method, String url, Map<String, String> headers) {
    return RuleFiles.table(RULES, Map.of()).decide(SimpleRequestHead.of(method, url, headers), 0);
  }

  private static Decision.Serve serve(RoutingTable table, String method, String url) {
    return (Decision.Serve) table.decide(SimpleRequestHead.of(method, url, Map.of()), 0);
  }

  private static String routeOf(Decision decision) {
    return switch (decision) {
      case Decision.Serve serve -> serve.route().id();
      case Decision.Refuse refuse -> refuse.status() + " " + refuse.routeId().orElse("");
    };
  }
}
