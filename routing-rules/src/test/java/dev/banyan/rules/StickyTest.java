package dev.banyan.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One client stays on one side, and a growing share only ever moves clients forward. */
class StickyTest {
  private static final int CLIENTS = 10_000;
  private static final Rollouts FIRST = rollouts("first");

  private static Rollouts rollouts(String id) {
    byte[] secret = "a secret of all replicas".getBytes(StandardCharsets.UTF_8);
    return new Rollouts(Optional.of(new SecretKeySpec(secret, "HmacSHA256")), Map.of("r", id));
  }

  private static RoutingTable table(String canary, String stage, Rollouts rollouts) {
    String rules =
        """
        version: 1
        upstreams: { legacy: { url: http://127.0.0.1:1 }, new: { url: http://127.0.0.1:2 } }
        routes:
          - { id: r, match: { path: /** }, legacy: legacy, migrated: new, canary: %s }
        """
            .formatted(canary);
    return RoutingTable.compile(
        RuleFiles.rules(rules), Map.of("r", Stage.parse(stage)), Set.of(), 1, rollouts);
  }

  private static Decision.Serve decide(
      RoutingTable table, Map<String, String> headers, long ticket) {
    return (Decision.Serve) table.decide(SimpleRequestHead.of("GET", "/a", headers), ticket);
  }

  /** A browser that keeps what it is told to. */
  private static final class Client {
    private final Map<String, String> identity;
    private String cookies = "theme=dark";

    Client(Map<String, String> identity) {
      this.identity = identity;
    }

    Side visit(RoutingTable table, long ticket) {
      Map<String, String> headers = new java.util.HashMap<>(identity);
      headers.merge("cookie", cookies, (mine, kept) -> mine + "; " + kept);
      RequestHead head = SimpleRequestHead.of("GET", "/a", headers);
      Decision.Serve serve = (Decision.Serve) table.decide(head, ticket);
      Stickiness stickiness = serve.stickiness();
      if (stickiness != null) {
        stickiness
            .setCookie(head, ticket)
            .ifPresent(field -> cookies = "theme=dark; " + field.substring(0, field.indexOf(';')));
      }
      return serve.side();
    }
  }

  private static List<Client> clients(String by) {
    return IntStream.range(0, CLIENTS)
        .mapToObj(
            i ->
                switch (by) {
                  case "header" -> new Client(Map.of("x-user", "user-" + i));
                  case "claim" -> new Client(Map.of("authorization", BearerClaimTest.token(i)));
                  case "cookie" -> new Client(Map.of("cookie", "a=1; session=s" + i + "; b=2"));
                  default -> new Client(Map.of());
                })
        .toList();
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource({
    "header,        { sticky: { header: X-User } }",
    "cookie,        { sticky: { cookie: session } }",
    "claim,         { sticky: { claim: sub } }",
    "banyan-cookie, { sticky: banyan-cookie }",
  })
  void fromOneToFiftyPercentNoneEverMovesBackAndTheShareIsMet(String by, String canary) {
    List<Client> clients = clients(by);
    SplittableRandom random = new SplittableRandom(2026);
    List<Side> before = new ArrayList<>();
    clients.forEach(client -> before.add(Side.LEGACY));
    for (int percent = 1; percent <= 50; percent++) {
      RoutingTable table = table(canary, "canary:" + percent, FIRST);
      int onMigrated = 0;
      for (int i = 0; i < CLIENTS; i++) {
        Side first = clients.get(i).visit(table, random.nextLong());
        Side second = clients.get(i).visit(table, random.nextLong());

        assertThat(second).isEqualTo(first);
        assertThat(before.get(i) == Side.MIGRATED && first == Side.LEGACY).isFalse();
        before.set(i, first);
        onMigrated += first == Side.MIGRATED ? 1 : 0;
      }
      double p = percent / 100d;
      // Four standard deviations of the binomial: wrong for one seed in 16 000 looks.
      assertThat((double) onMigrated)
          .isBetween(
              CLIENTS * p - 4 * Math.sqrt(CLIENTS * p * (1 - p)),
              CLIENTS * p + 4 * Math.sqrt(CLIENTS * p * (1 - p)));
    }
  }

  @Test
  void withoutStickinessEveryRequestIsDrawnAnew() {
    RoutingTable table = table("{ sticky: none }", "canary:50", FIRST);
    Client client = new Client(Map.of("x-user", "ada"));
    SplittableRandom random = new SplittableRandom(1);

    assertThat(IntStream.range(0, 64).mapToObj(i -> client.visit(table, random.nextLong())))
        .contains(Side.LEGACY, Side.MIGRATED);
  }

  @Test
  void anotherRolloutDrawsOthers() {
    RoutingTable first = table("{ sticky: { header: X-User } }", "canary:50", FIRST);
    RoutingTable second = table("{ sticky: { header: X-User } }", "canary:50", rollouts("second"));
    long moved =
        clients("header").stream().filter(c -> c.visit(first, 0) != c.visit(second, 0)).count();

    assertThat(moved).isBetween(4_700L, 5_300L);
  }

  @Test
  void aCookieOfAnotherRolloutOrOfAnotherHandIsNotBelieved() {
    SideCookie cookie = new SideCookie("r", "first", FIRST.secret().orElseThrow());
    String field = cookie.set(77);
    String pair = field.substring(0, field.indexOf(';'));

    assertThat(cookie.read(withCookie(pair))).isEqualTo(77);
    assertThat(other("r", "second").read(withCookie(pair))).isEqualTo(SideCookie.ABSENT);
    int value = pair.indexOf('=') + 1;
    for (int at = value; at < pair.length() - 1; at++) {
      String forged =
          pair.substring(0, at) + (pair.charAt(at) == 'A' ? 'B' : 'A') + pair.substring(at + 1);
      assertThat(cookie.read(withCookie(forged))).as(forged).isEqualTo(SideCookie.ABSENT);
    }
    assertThat(cookie.read(withCookie(pair.substring(0, value) + "????????????????????==")))
        .isEqualTo(SideCookie.ABSENT);
    assertThat(cookie.read(withCookie(pair + "A"))).isEqualTo(SideCookie.ABSENT);
    assertThat(cookie.read(withCookie("x" + pair))).isEqualTo(SideCookie.ABSENT);
  }

  private static SideCookie other(String route, String rollout) {
    return new SideCookie(route, rollout, FIRST.secret().orElseThrow());
  }

  private static RequestHead withCookie(String cookies) {
    return SimpleRequestHead.of("GET", "/a", Map.of("cookie", cookies));
  }

  @Test
  void theCookieIsTakenBackOnceTheRolloutIsOver() {
    RequestHead head = withCookie("a=1; " + SideCookie.name("r") + "=whatever");
    for (String stage : List.of("legacy", "shadow", "live", "retired")) {
      Stickiness stickiness =
          ((Decision.Serve) table("{}", stage, FIRST).decide(head, 0)).stickiness();

      assertThat(stickiness).as(stage).isNotNull();
      assertThat(stickiness.setCookie(head, 0).orElseThrow()).contains("Max-Age=0");
      assertThat(stickiness.setCookie(withCookie("a=1"), 0)).isEmpty();
    }
  }

  @Test
  void whoIsPlacedByTheRuleGetsNoCookie() {
    RequestHead head = SimpleRequestHead.of("GET", "/a", Map.of("x-user", "ada"));
    RoutingTable table = table("{ sticky: { header: X-User } }", "canary:50", FIRST);
    Stickiness stickiness = ((Decision.Serve) table.decide(head, 0)).stickiness();

    assertThat(stickiness).isNotNull();
    assertThat(stickiness.setCookie(head, 0)).isEmpty();
    assertThat(stickiness.setCookie(withCookie("a=1"), 0)).isPresent();
  }

  @Test
  void aCohortIsAheadOfTheRest() {
    String canary =
        "{ sticky: { header: X-User }, cohorts: [ { header: X-Tenant, values: [blue] }, { header:"
            + " X-Tenant, values: [green], share: 50% } ] }";
    RoutingTable table = table(canary, "canary:1", FIRST);

    assertThat(onMigrated(table, "blue")).isEqualTo(CLIENTS);
    assertThat(onMigrated(table, "green")).isBetween(4_800L, 5_200L);
    assertThat(onMigrated(table, "red")).isBetween(60L, 140L);
    assertThat(onMigrated(table(canary, "shadow", FIRST), "blue")).isZero();
  }

  private static long onMigrated(RoutingTable table, String tenant) {
    return IntStream.range(0, CLIENTS)
        .mapToObj(i -> decide(table, Map.of("x-user", "user-" + i, "x-tenant", tenant), 0))
        .filter(serve -> serve.side() == Side.MIGRATED)
        .count();
  }

  /** The vectors of the reference implementation, of an even number of bytes. */
  @ParameterizedTest
  @CsvSource({
    "0, 726fdb47dd0e0e31",
    "2, 0d6c8009d9a94f5a",
    "4, cf2794e0277187b7",
    "6, cbc9466e58fee3ce",
    "8, 93f5f5799a932462",
  })
  void theHashIsSipHash(int bytes, String expected) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < bytes; i += 2) {
      text.append((char) (i | (i + 1) << 8));
    }
    KeyedHash hash = new KeyedHash(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);

    assertThat(hash.hash(text.toString(), 0, text.length()))
        .isEqualTo(Long.parseUnsignedLong(expected, 16));
    assertThat(hash.hash("x" + text + "y", 1, text.length() + 1))
        .isEqualTo(Long.parseUnsignedLong(expected, 16));
  }
}
