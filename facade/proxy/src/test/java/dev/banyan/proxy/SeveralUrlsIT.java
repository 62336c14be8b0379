package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banyan.rules.Affinity;
import dev.banyan.rules.BreakerPolicy;
import dev.banyan.rules.HealthPolicy;
import dev.banyan.rules.HealthPolicy.InPanic;
import dev.banyan.rules.RetryPolicy;
import dev.banyan.rules.Share;
import dev.banyan.rules.Upstream;
import dev.banyan.rules.UpstreamPolicies;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One upstream in several places. */
final class SeveralUrlsIT {
  private static final URI NOBODY = URI.create("http://127.0.0.1:1");
  private static final RetryPolicy ONCE =
      new RetryPolicy(1, new Share(10_000), Duration.ofMillis(1));
  private static final UpstreamPolicies PLAIN = UpstreamPolicies.DEFAULT.with(BreakerPolicy.NEVER);

  private final Rig rig = new Rig();

  @AfterEach
  void close() {
    rig.close();
  }

  private static ScriptedUpstream saying(String word) {
    return ScriptedUpstream.answering(
        "HTTP/1.1 200 OK\r\nContent-Length: " + word.length() + "\r\n\r\n" + word);
  }

  private static Upstream of(UpstreamPolicies policies, URI... urls) {
    return new Upstream(
            "several",
            List.of(urls),
            Upstream.Protocol.HTTP1,
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            8)
        .with(policies);
  }

  private static URI url(ScriptedUpstream upstream) {
    return upstream.upstream().urls().getFirst();
  }

  @Test
  void bothServeAndADeadOneCostsNoRequestWhereAnotherIsTriedNext() {
    ScriptedUpstream a = rig.beside(saying("a"));
    ScriptedUpstream b = rig.beside(saying("b"));
    rig.deciding((head, ticket) -> Decisions.serve(of(PLAIN.with(ONCE), url(a), url(b), NOBODY)));
    RawClient client = rig.client();
    for (int i = 0; i < 60; i++) {
      assertThat(client.get("/").answer().body()).isIn("a", "b");
    }
    assertThat(a.heads()).isNotEmpty();
    assertThat(b.heads()).isNotEmpty();
    // Five failures in a row leave it out: no more is tried there.
    assertThat(rig.kept().served().stream().mapToInt(s -> s.attempts().retries()).sum())
        .isEqualTo(5);
    assertThat(rig.facade().upstreams().getFirst().well()).isEqualTo(2);
  }

  @Test
  void aPostThatFoundNoConnectionIsTriedElsewhereWithItsBody() {
    ScriptedUpstream echo =
        rig.beside(
            new ScriptedUpstream(
                (line, head) -> {
                  String body = line.body(head);
                  line.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n" + body);
                }));
    rig.deciding((head, ticket) -> Decisions.serve(of(PLAIN.with(ONCE), NOBODY, url(echo))));
    for (int i = 0; i < 8; i++) {
      RawClient client = rig.client();
      client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello");
      assertThat(client.answer().body()).isEqualTo("hello");
    }
  }

  @Test
  void whatBelongsTogetherByCookieOrHeaderGoesToOnePlace() {
    ScriptedUpstream a = rig.beside(saying("a"));
    ScriptedUpstream b = rig.beside(saying("b"));
    Upstream byCookie = of(PLAIN.with(new Affinity.Cookie("sid")), url(a), url(b));
    Upstream byHeader = of(PLAIN.with(new Affinity.Header("x-tenant")), url(a), url(b));
    rig.deciding(
        (head, ticket) -> Decisions.serve(head.path().equals("/cookie") ? byCookie : byHeader));
    RawClient client = rig.client();
    java.util.Set<String> places = new java.util.HashSet<>();
    for (int value = 0; value < 20; value++) {
      String cookie = "Cookie: xsid=1; sid=" + value + "; z=" + value;
      String first = client.get("/cookie", cookie).answer().body();
      String firstTenant = client.get("/header", "X-Tenant: " + value).answer().body();
      places.add(first);
      for (int i = 0; i < 5; i++) {
        assertThat(client.get("/cookie", cookie).answer().body()).isEqualTo(first);
        assertThat(client.get("/header", "X-Tenant: " + value).answer().body())
            .isEqualTo(firstTenant);
      }
    }
    assertThat(places).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void whatTheProberFindsSickIsLeftOutAndComesBack() {
    AtomicBoolean well = new AtomicBoolean(true);
    ScriptedUpstream a =
        rig.beside(
            new ScriptedUpstream(
                (line, head) ->
                    line.write(
                        head.startsWith("GET /healthz") && !well.get()
                            ? "HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n"
                            : "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na")));
    ScriptedUpstream b = rig.beside(saying("b"));
    HealthPolicy health =
        new HealthPolicy(
            Optional.of("/healthz"),
            Duration.ofMillis(100),
            2,
            Duration.ofSeconds(10),
            new Share(5000),
            InPanic.REFUSE);
    Upstream upstream = of(PLAIN.with(health), url(a), url(b));
    rig.deciding((head, ticket) -> Decisions.serve(upstream));
    RawClient client = rig.client();
    client.get("/").answer();
    well.set(false);
    await().until(() -> rig.facade().upstreams().getFirst().well() == 1);
    for (int i = 0; i < 20; i++) {
      assertThat(client.get("/").answer().body()).isEqualTo("b");
    }
    well.set(true);
    await().until(() -> rig.facade().upstreams().getFirst().well() == 2);
    b.close();
    await().until(() -> rig.facade().upstreams().getFirst().well() == 1);
    well.set(false);
    await().until(() -> rig.facade().upstreams().getFirst().well() == 0);
    RawClient.Answer refused = client.get("/").answer();
    assertThat(refused.statusLine()).startsWith("HTTP/1.1 503");
    assertThat(refused.body()).contains("\"failure\":\"none-well\"");
  }
}
