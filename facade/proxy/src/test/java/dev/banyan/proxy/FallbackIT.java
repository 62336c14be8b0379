package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banyan.parity.Observation;
import dev.banyan.proxy.upstream.UpstreamBreaker;
import dev.banyan.rules.BreakerPolicy;
import dev.banyan.rules.RetryPolicy;
import dev.banyan.rules.Share;
import dev.banyan.rules.Upstream;
import dev.banyan.rules.UpstreamPolicies;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent again, to whom, and what never is. */
final class FallbackIT {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final String POST =
      "POST / HTTP/1.1\r\nHost: shop.example\r\nContent-Length: 2\r\n\r\nhi";
  private static final Upstream GONE = Upstream.of("gone", URI.create("http://127.0.0.1:1"));
  private static final RetryPolicy TWICE =
      new RetryPolicy(2, new Share(2000), Duration.ofMillis(1));

  private final Rig rig = new Rig();

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void aSafeRequestThatTheMigratedSideLostIsAnsweredByLegacyAndCountedAsLost() {
    ScriptedUpstream migrated = rig.beside(new ScriptedUpstream((line, head) -> line.reset()));
    ScriptedUpstream legacy = ScriptedUpstream.answering(OK);
    rig.serving(legacy, Decisions.falling(migrated.upstream(), legacy.upstream()));
    assertThat(rig.client().get("/a?b=c").answer().body()).isEqualTo("ok");
    assertThat(legacy.lastHead()).startsWith("GET /a?b=c HTTP/1.1\r\nHost: shop.example\r\n");
    assertThat(rig.kept().first().control()).isInstanceOf(Observation.Answered.class);
    assertThat(rig.kept().first().attempts().fellBackFrom())
        .extracting(Observation.Failed::failure)
        .isEqualTo("reset-before-answer");
  }

  @Test
  void silenceOfTheMigratedSideFallsBackAtItsDeadline() {
    ScriptedUpstream silent = rig.beside(new ScriptedUpstream((line, head) -> line.untilLeft()));
    ScriptedUpstream legacy = ScriptedUpstream.answering(OK);
    rig.serving(
        legacy, Decisions.falling(silent.upstream(Duration.ofMillis(300), 4), legacy.upstream()));
    assertThat(rig.client().get("/").answer().body()).isEqualTo("ok");
    assertThat(rig.kept().first().attempts().fellBackFrom())
        .extracting(Observation.Failed::failure)
        .isEqualTo("answer-timeout");
  }

  @Test
  void whatIsNotSafeNeverFallsBack() {
    ScriptedUpstream legacy = ScriptedUpstream.answering(OK);
    rig.serving(legacy, Decisions.falling(GONE, legacy.upstream()));
    RawClient.Answer answer = rig.client().send(POST).answer();
    assertThat(answer.statusLine()).startsWith("HTTP/1.1 502");
    assertThat(legacy.heads()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"X-HTTP-Method-Override: DELETE", "x-http-method: PUT", "X-Method-Override: GET"})
  void whatAsksForAnotherMethodNeverFallsBackAndIsNotSentAgain(String field) {
    AtomicInteger came = new AtomicInteger();
    ScriptedUpstream migrated =
        rig.beside(
            new ScriptedUpstream(
                (line, head) -> {
                  if (came.getAndIncrement() == 0) {
                    line.write(OK);
                  } else {
                    line.reset();
                  }
                }));
    ScriptedUpstream legacy = ScriptedUpstream.answering(OK);
    rig.serving(legacy, Decisions.falling(migrated.upstream(), legacy.upstream()));
    RawClient client = rig.client();
    assertThat(client.get("/").answer().body()).isEqualTo("ok");
    // On a connection that was kept alive a safe request would be sent once more.
    assertThat(client.get("/", field).answer().statusLine()).startsWith("HTTP/1.1 502");
    assertThat(migrated.heads()).hasSize(2);
    assertThat(legacy.heads()).isEmpty();
  }

  @Test
  void anAnswerThatHasBegunIsNotBegunAgain() {
    ScriptedUpstream cutting =
        rig.beside(
            new ScriptedUpstream(
                (line, head) -> {
                  line.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello");
                  line.close();
                }));
    ScriptedUpstream legacy = ScriptedUpstream.answering(OK);
    rig.serving(legacy, Decisions.falling(cutting.upstream(), legacy.upstream()));
    assertThat(rig.client().get("/").rest()).endsWith("hello");
    assertThat(legacy.heads()).isEmpty();
  }

  @Test
  void whereBothFailTheClientIsToldOfTheLast() {
    ScriptedUpstream resetting = rig.beside(new ScriptedUpstream((line, head) -> line.reset()));
    rig.deciding((head, ticket) -> Decisions.falling(resetting.upstream(), GONE));
    assertThat(rig.client().get("/").answer().body()).contains("\"failure\":\"connect-refused\"");
  }

  @Test
  void aSafeRequestIsSentAgainAsOftenAsTheRuleSays() {
    ScriptedUpstream shaky =
        new ScriptedUpstream(
            (line, head) -> {
              if (rig.once()) {
                line.reset();
              } else {
                line.write(OK);
              }
            });
    rig.serving(
        shaky, Decisions.serve(shaky.upstream().with(UpstreamPolicies.DEFAULT.with(TWICE))));
    assertThat(rig.client().get("/").answer().body()).isEqualTo("ok");
    assertThat(rig.kept().first().attempts().retries()).isEqualTo(1);
  }

  @Test
  void retriesEndWithTheirBudget() {
    ScriptedUpstream resetting = new ScriptedUpstream((line, head) -> line.reset());
    Upstream upstream =
        resetting
            .upstream()
            .with(
                UpstreamPolicies.DEFAULT
                    .with(new RetryPolicy(1, new Share(1000), Duration.ofMillis(1)))
                    .with(BreakerPolicy.NEVER));
    rig.serving(resetting, Decisions.serve(upstream));
    RawClient client = rig.client();
    for (int i = 0; i < 100; i++) {
      assertThat(client.get("/").answer().statusLine()).startsWith("HTTP/1.1 502");
    }
    // Five in reserve and a tenth of a hundred.
    assertThat(resetting.heads()).hasSizeBetween(110, 116);
  }

  @Test
  void aPostThatWasSentIsNeverSentAgain() {
    ScriptedUpstream resetting = new ScriptedUpstream((line, head) -> line.reset());
    rig.serving(
        resetting,
        Decisions.serve(resetting.upstream().with(UpstreamPolicies.DEFAULT.with(TWICE))));
    assertThat(rig.client().send(POST).answer().statusLine()).startsWith("HTTP/1.1 502");
    assertThat(resetting.heads()).hasSize(1);
  }

  @Test
  void anOpenBreakerAnswersAtOnceAndClosesByItself() {
    ScriptedUpstream shaky =
        new ScriptedUpstream(
            (line, head) -> {
              if (head.contains("/bad")) {
                line.reset();
              } else {
                line.write(OK);
              }
            });
    Upstream upstream =
        shaky
            .upstream()
            .with(
                UpstreamPolicies.DEFAULT.with(
                    new BreakerPolicy(new Share(5000), 4, Duration.ofMillis(300))));
    rig.serving(shaky, Decisions.serve(upstream));
    RawClient client = rig.client();
    for (int i = 0; i < 4; i++) {
      client.get("/bad").answer();
    }
    RawClient.Answer refused = client.get("/good").answer();
    assertThat(refused.statusLine()).startsWith("HTTP/1.1 503");
    assertThat(refused.body()).contains("\"failure\":\"breaker-open\"");
    assertThat(refused.has("Retry-After: 1")).isTrue();
    assertThat(shaky.heads()).hasSize(4);
    assertThat(rig.facade().upstreams())
        .anyMatch(view -> view.breaker() == UpstreamBreaker.State.OPEN);
    await().until(() -> client.get("/good").answer().body().equals("ok"));
    assertThat(rig.facade().upstreams())
        .allMatch(view -> view.breaker() == UpstreamBreaker.State.CLOSED);
  }

  @Test
  void anOpenBreakerFallsBackToo() {
    ScriptedUpstream legacy = ScriptedUpstream.answering(OK);
    Upstream gone =
        GONE.with(
            UpstreamPolicies.DEFAULT.with(
                new BreakerPolicy(new Share(5000), 2, Duration.ofSeconds(20))));
    rig.serving(legacy, Decisions.falling(gone, legacy.upstream()));
    RawClient client = rig.client();
    for (int i = 0; i < 3; i++) {
      assertThat(client.get("/").answer().body()).isEqualTo("ok");
    }
    await().until(() -> rig.kept().served().size() == 3);
    assertThat(rig.kept().served().getLast().attempts().fellBackFrom())
        .extracting(Observation.Failed::failure)
        .isEqualTo("breaker-open");
  }

  @Test
  void moreInFlightThanTheRuleSaysAreRefused() {
    ScriptedUpstream silent = new ScriptedUpstream((line, head) -> line.untilLeft());
    Upstream upstream = silent.upstream().with(UpstreamPolicies.DEFAULT.withInFlight(1));
    rig.serving(silent, Decisions.serve(upstream));
    RawClient first = rig.client().get("/");
    await().until(() -> silent.heads().size() == 1);
    assertThat(rig.client().get("/").answer().body()).contains("\"failure\":\"in-flight-full\"");
    first.vanish();
    await().until(() -> rig.kept().served().size() == 2);
    rig.client().get("/");
    await().until(() -> silent.heads().size() == 2);
  }
}
