package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.rules.ReadResult;
import dev.banyan.rules.Rollouts;
import dev.banyan.rules.RoutingTable;
import dev.banyan.rules.RuleSet;
import dev.banyan.rules.RuleSetReader;
import dev.banyan.rules.Stage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients of a canary as they meet it: a cookie, and one side. */
final class StickyIT {
  private static final Pattern COOKIE =
      Pattern.compile("Set-Cookie: (banyan-side-[0-9a-f]{8}=[\\w-]{22}); Path=/; HttpOnly");
  private static final int CLIENTS = 60;

  private final Rig rig = new Rig();
  private final ScriptedUpstream legacy = rig.beside(answering("legacy"));
  private final ScriptedUpstream next = rig.beside(answering("next"));
  private final AtomicReference<RoutingTable> table = new AtomicReference<>();

  @AfterEach
  void close() {
    rig.close();
  }

  private static ScriptedUpstream answering(String name) {
    return ScriptedUpstream.answering(
        "HTTP/1.1 200 OK\r\nContent-Length: " + name.length() + "\r\n\r\n" + name);
  }

  private void begin(String canary) {
    inStage("canary:50", canary);
    rig.deciding((head, ticket) -> table.get().decide(head, ticket));
  }

  private void inStage(String stage, String canary) {
    String text =
        """
        version: 1
        upstreams:
          legacy: { url: %s }
          next: { url: %s }
        routes:
          - { id: r, match: { path: /** }, legacy: legacy, migrated: next, canary: { %s } }
        """
            .formatted(
                legacy.upstream().urls().getFirst(), next.upstream().urls().getFirst(), canary);
    RuleSet rules = ((ReadResult.Accepted) RuleSetReader.read("rules.yaml", text)).rules();
    Rollouts rollouts =
        new Rollouts(
            Optional.of(new SecretKeySpec("secret".getBytes(StandardCharsets.UTF_8), "HmacSHA256")),
            Map.of("r", "rollout"));
    table.set(RoutingTable.compile(rules, Map.of("r", Stage.parse(stage)), Set.of(), 1, rollouts));
  }

  private RawClient.Answer ask(String... lines) {
    try (RawClient client = new RawClient(rig.facade().port())) {
      return client.get("/", lines).answer();
    }
  }

  private static String cookie(RawClient.Answer answer) {
    Matcher cookie = COOKIE.matcher(answer.head());
    assertThat(cookie.find()).as(answer.head()).isTrue();
    return cookie.group(1);
  }

  @Test
  void aClientStaysOnTheSideOfItsFirstAnswer() {
    begin("sticky: banyan-cookie");
    Set<String> sides = new HashSet<>();
    for (int i = 0; i < CLIENTS; i++) {
      RawClient.Answer first = ask();
      String cookie = cookie(first);
      for (int again = 0; again < 3; again++) {
        RawClient.Answer later = ask("Cookie: " + cookie);
        assertThat(later.body()).isEqualTo(first.body());
        assertThat(later.head()).doesNotContain("Set-Cookie");
      }
      sides.add(first.body());
    }
    assertThat(sides).containsExactlyInAnyOrder("legacy", "next");
  }

  @Test
  void aLargerShareMovesClientsForwardOnly() {
    begin("sticky: banyan-cookie");
    inStage("canary:10", "sticky: banyan-cookie");
    List<String> cookies = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      cookies.add(cookie(ask()));
    }
    Set<String> before = new HashSet<>();
    for (String stage : List.of("canary:10", "canary:50", "canary:90", "live")) {
      inStage(stage, "sticky: banyan-cookie");
      Set<String> migrated = new HashSet<>();
      for (String cookie : cookies) {
        if (ask("Cookie: " + cookie).body().equals("next")) {
          migrated.add(cookie);
        }
      }
      assertThat(migrated).as(stage).containsAll(before);
      before = migrated;
    }
    assertThat(before).containsExactlyInAnyOrderElementsOf(cookies);
  }

  @Test
  void aCohortIsAheadOfTheRest() {
    begin("sticky: { header: X-Tenant }, cohorts: [ { header: X-Tenant, values: [blue] } ]");
    inStage(
        "canary:0.01",
        "sticky: { header: X-Tenant }, cohorts: [ { header: X-Tenant, values: [blue] } ]");
    assertThat(ask("X-Tenant: blue").body()).isEqualTo("next");
    assertThat(ask("X-Tenant: green").body()).isEqualTo("legacy");
    assertThat(ask("X-Tenant: blue").head()).doesNotContain("Set-Cookie");
  }

  @Test
  void theCookieIsTakenBackOnceTheRouteIsInNoCanary() {
    begin("sticky: banyan-cookie");
    String cookie = cookie(ask());
    inStage("legacy", "sticky: banyan-cookie");
    assertThat(ask("Cookie: " + cookie).head())
        .contains("Set-Cookie: " + cookie.substring(0, cookie.indexOf('=')) + "=; Path=/")
        .contains("Max-Age=0");
    assertThat(ask("Cookie: other=1").head()).doesNotContain("Set-Cookie");
  }

  @Test
  void noSideSeesTheFacadesCookie() {
    begin("sticky: banyan-cookie");
    String cookie = cookie(ask());
    ask("Cookie: a=1; " + cookie + "; b=2");
    ask("Cookie: " + cookie);
    List<String> heads = new ArrayList<>(legacy.heads());
    heads.addAll(next.heads());
    // Copies may be among them.
    assertThat(heads).hasSizeGreaterThanOrEqualTo(3);
    assertThat(heads).noneMatch(head -> head.contains("banyan-side-"));
    assertThat(heads).filteredOn(head -> head.contains("Cookie:")).hasSize(1);
    assertThat(heads).anyMatch(head -> head.contains("\r\nCookie: a=1; b=2\r\n"));
  }
}
