package dev.banyan.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths as .NET takes them. */
class PathMatchingTest {
  private static final String ROUTES =
      """
      upstreams: { legacy: { url: http://127.0.0.1:1 } }
      routes:
        - { id: orders, match: { path: "/Orders/{id}" }, legacy: legacy }
        - { id: root, match: { path: / }, legacy: legacy }
        - { id: bin, match: { path: /bin/** }, refuse: 403 }
        - { id: cafe, match: { path: /caf%C3%A9 }, refuse: 404 }
        - { id: omega, match: { path: /%CF%89/** }, refuse: 404 }
        - { id: blank, match: { path: /a%20b }, refuse: 404 }
        - { id: rest, match: { path: /** }, legacy: legacy }
      """;
  private static final RoutingTable LAX =
      table("paths: { case: insensitive, trailing-slash: ignored }");

  @ParameterizedTest
  @CsvSource({
    "/orders/7, orders",
    "/ORDERS/aB, orders",
    "/Orders/7/, orders",
    "/Orders/, rest",
    "/Orders/7/8, rest",
    "/, root",
    "/BIN, bin",
    "/Bin/x.dll, bin",
    "/CAF%C3%A9, cafe",
    "/caf%C3%89, cafe",
    "/caf%c3%89/, cafe",
    "/CAFÉ, cafe",
    "/café, cafe",
    "/cafe, rest",
    "/%CE%A9/x, omega",
    "/Ω/x, omega",
    "/A%20B/, blank",
    "/Ka, rest",
  })
  void letterCaseAndALastSlashDoNotMatterWhereTheRulesSaySo(String path, String id) {
    assertThat(routeOf(LAX, path)).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/x/../BIN/a",
        "/B%49N/a",
        "/Bin%2fa",
        "//BIN/a",
        "/BIN;x=1/a",
        "/caf%u00C9",
        "/x%2f..%2fCAF%C3%89",
        "/x/..%2fcaf%c3%89%2f"
      })
  void noOtherSpellingLeadsToARefusedPath(String path) {
    assertThat(LAX.decide(SimpleRequestHead.of("GET", path, Map.of()), 0))
        .isInstanceOfSatisfying(Decision.Refuse.class, r -> assertThat(r.status()).isEqualTo(400));
  }

  @ParameterizedTest
  @CsvSource({
    "/orders/7, rest",
    "/Orders/7/, rest",
    "/BIN/x, rest",
    "/caf%c3%a9, cafe",
    "/caf%C3%a9, cafe",
    "/café, cafe",
    "/caf%C3%89, rest",
    "/caf%C3%A9/, rest",
  })
  void bothMatterWhereTheRulesSayNothing(String path, String id) {
    assertThat(routeOf(table(""), path)).isEqualTo(id);
  }

  @Test
  void eachOfTheTwoStandsAlone() {
    assertThat(routeOf(table("paths: { case: insensitive }"), "/BIN/x")).isEqualTo("bin");
    assertThat(routeOf(table("paths: { case: insensitive }"), "/Orders/7/")).isEqualTo("rest");
    assertThat(routeOf(table("paths: { trailing-slash: ignored }"), "/Orders/7/"))
        .isEqualTo("orders");
    assertThat(routeOf(table("paths: { trailing-slash: ignored }"), "/orders/7/"))
        .isEqualTo("rest");
  }

  /** What .NET keeps apart although Unicode's tables would bring it together, and the reverse. */
  @ParameterizedTest
  @CsvSource({
    "i, \u0131, false", // dotless i: its capital is within ASCII
    "s, \u017f, false", // long s
    "k, \u212a, false", // the Kelvin sign is a capital already
    "ss, \u00df, false",
    "\u00ff, \u0178, true",
    "\u03c3, \u03c2, true", // both sigmas have one capital
    "\u0434, \u0414, true",
    "\ud801\udc28, \ud801\udc00, true", // beyond the first plane
  })
  void lettersMeetAsInOrdinalIgnoreCase(String one, String other, boolean meet) {
    String left = CaseFolding.fold(Escapes.bytes(one.translateEscapes()));
    String right = CaseFolding.fold(Escapes.bytes(other.translateEscapes()));

    assertThat(left.equals(right)).isEqualTo(meet);
  }

  @Test
  void bytesThatAreNoTextStayAsTheyAre() {
    assertThat(CaseFolding.fold("A\u00c3\u0089\u00ff\u00c3"))
        .isEqualTo("a\u00c3\u0089\u00ff\u00c3");
    assertThat(CaseFolding.fold("\u00c3\u00a9")).isEqualTo("\u00c3\u0089");
  }

  @Test
  void anExplanationSaysTheSame() {
    Explanation explanation = LAX.explain(SimpleRequestHead.of("GET", "/ORDERS/7/", Map.of()));

    assertThat(explanation.considered())
        .filteredOn(Explanation.Considered::matched)
        .extracting(Explanation.Considered::routeId)
        .containsExactly("orders", "rest");
  }

  private static RoutingTable table(String paths) {
    return RuleFiles.table("version: 1\n" + paths + "\n" + ROUTES, Map.of());
  }

  private static String routeOf(RoutingTable table, String path) {
    return switch (table.decide(SimpleRequestHead.of("GET", path, Map.of()), 0)) {
      case Decision.Serve serve -> serve.route().id();
      case Decision.Refuse refuse -> refuse.routeId().orElse("none");
    };
  }
}
