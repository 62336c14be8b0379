package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.rules.Decision;
import dev.banyan.rules.RateLimit;
import dev.banyan.rules.RateLimit.Per;
import dev.banyan.rules.Route;
import dev.banyan.rules.Side;
import dev.banyan.rules.Stage;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A route takes as many requests as its rule says. */
final class RateLimitIT {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private final Rig rig = new Rig();

  @AfterEach
  void close() {
    rig.close();
  }

  private ScriptedUpstream limited(Per per, @Nullable String header, List<String> trusted) {
    ScriptedUpstream upstream = rig.beside(ScriptedUpstream.answering(OK));
    RateLimit limit = new RateLimit(1, Duration.ofMinutes(1), 2, per, header);
    Route route = new Route("orders", Decisions.ROUTE.match(), Decisions.ROUTE.target(), limit);
    Decision serve =
        new Decision.Serve(
            route,
            1,
            new Stage.Legacy(),
            Side.LEGACY,
            upstream.upstream(),
            null,
            Decision.Capture.NONE);
    rig.facade(Rig.settings(1, 1, trusted), (head, ticket) -> serve);
    return upstream;
  }

  @Test
  void whatIsTooMuchIsToldWhenToComeBackAndReachesNobody() {
    ScriptedUpstream upstream = limited(Per.ROUTE, null, List.of());
    RawClient client = rig.client();
    assertThat(client.get("/").answer().body()).isEqualTo("ok");
    assertThat(client.get("/").answer().body()).isEqualTo("ok");
    RawClient.Answer answer = client.get("/").answer();
    assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 429 Too Many Requests");
    assertThat(answer.head())
        .containsPattern("\r\nRetry-After: (60|59)\r\n")
        .contains("\r\nRateLimit-Policy: \"orders\";q=2;w=120\r\n")
        .containsPattern("\r\nRateLimit: \"orders\";r=0;t=(60|59)\r\n");
    assertThat(answer.body()).contains("\"status\":429", "\"route\":\"orders\"");
    assertThat(client.get("/").answer().statusLine()).as("same connection").contains("429");
    assertThat(upstream.heads()).hasSize(2);
    assertThat(rig.kept().refused())
        .allMatch(one -> one.equals(new RefusedRequest(429, "rate-limit", "orders", one.facts())))
        .hasSize(2);
  }

  @Test
  void eachValueOfAHeaderHasItsOwnLimitAndWhoSendsNoneShareOne() {
    limited(Per.HEADER, "x-tenant", List.of());
    RawClient client = rig.client();
    for (int i = 0; i < 2; i++) {
      assertThat(client.get("/", "X-Tenant: a").answer().statusLine()).contains("200");
      assertThat(client.get("/", "X-Tenant: b").answer().statusLine()).contains("200");
      assertThat(client.get("/").answer().statusLine()).contains("200");
    }
    assertThat(client.get("/", "X-Tenant: a").answer().statusLine()).contains("429");
    assertThat(client.get("/").answer().statusLine()).contains("429");
  }

  @Test
  void behindATrustedProxyEachClientHasItsOwnLimit() {
    limited(Per.ADDRESS, null, List.of("127.0.0.1", "10.0.0.0/8"));
    RawClient client = rig.client();
    for (int i = 0; i < 2; i++) {
      client.get("/", "X-Forwarded-For: 6.6.6.6, 203.0.113.7, 10.1.1.1");
      assertThat(client.answer().statusLine()).contains("200");
    }
    // The last one that is not ours counts, whatever a client puts before it.
    client.get("/", "X-Forwarded-For: 7.7.7.7, 203.0.113.7");
    assertThat(client.answer().statusLine()).contains("429");
    client.get("/", "X-Forwarded-For: 203.0.113.8");
    assertThat(client.answer().statusLine()).contains("200");
  }

  @Test
  void oneClientIsOneHoweverItsAddressAndPortAreWritten() {
    limited(Per.ADDRESS, null, List.of("127.0.0.1", "10.0.0.0/8"));
    RawClient client = rig.client();
    for (String hop : List.of("203.0.113.7:50001", "203.0.113.7:50002, 10.1.1.1:443")) {
      assertThat(client.get("/", "X-Forwarded-For: " + hop).answer().statusLine()).contains("200");
    }
    client.get("/", "X-Forwarded-For: 203.0.113.7");
    assertThat(client.answer().statusLine()).contains("429");
    for (String hop : List.of("[2001:db8::1]:50001", "[2001:DB8:0::1]")) {
      assertThat(client.get("/", "X-Forwarded-For: " + hop).answer().statusLine()).contains("200");
    }
    client.get("/", "X-Forwarded-For: 2001:db8::1");
    assertThat(client.answer().statusLine()).contains("429");
  }

  @Test
  void whatIsNoAddressIsNotBelievedAndCountsForTheProxyThatConnected() {
    limited(Per.ADDRESS, null, List.of("127.0.0.1"));
    RawClient client = rig.client();
    client.get("/", "X-Forwarded-For: 203.0.113.8, unknown");
    assertThat(client.answer().statusLine()).contains("200");
    client.get("/", "X-Forwarded-For: 203.0.113.9, _hidden");
    assertThat(client.answer().statusLine()).contains("200");
    client.get("/", "X-Forwarded-For: 203.0.113.10, 1.2.3.4:http");
    assertThat(client.answer().statusLine()).contains("429");
  }

  @Test
  void aRefusedUploadIsNotTakenForTheNextRequest() {
    ScriptedUpstream upstream = limited(Per.ROUTE, null, List.of());
    rig.client().get("/").answer();
    rig.client().get("/").answer();
    String upload =
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 33\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";
    assertThat(rig.client().send(upload).rest()).startsWith("HTTP/1.1 429 ").contains("\"orders\"");
    assertThat(upstream.heads()).hasSize(2).noneMatch(head -> head.contains("smuggled"));
  }
}
