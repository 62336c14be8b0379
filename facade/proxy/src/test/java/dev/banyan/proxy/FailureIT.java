package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banyan.rules.Upstream;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Upstreams that break off and clients that leave: nobody takes a part for the whole. */
final class FailureIT {
  private static final Duration SHORT = Duration.ofMillis(400);
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private final Rig rig = new Rig();

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void anAnswerCutInsideItsChunksReachesTheClientAsCut() {
    rig.upstream(
        new ScriptedUpstream(
            (line, head) -> {
              line.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
              line.close();
            }));
    assertThat(rig.client().get("/").rest()).contains("hello").doesNotContain("0\r\n\r\n");
    assertThat(rig.kept().firstFailure()).isEqualTo("cut-answer");
  }

  @Test
  void anAnswerShorterThanItsLengthReachesTheClientAsCut() {
    rig.upstream(
        new ScriptedUpstream(
            (line, head) -> {
              line.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello");
              line.close();
            }));
    assertThat(rig.client().get("/").rest()).contains("Content-Length: 10").contains("hello");
    assertThat(rig.kept().firstFailure()).isEqualTo("cut-answer");
  }

  @Test
  void aResetUnderAnAnswerThatEndsWithItsConnectionIsNoEnd() {
    rig.upstream(
        new ScriptedUpstream(
            (line, head) -> {
              line.write("HTTP/1.0 200 OK\r\n\r\nhello");
              rig.awaitOnce();
              line.reset();
            }));
    RawClient modern = rig.client().get("/");
    modern.readUntil("hello");
    rig.release();
    assertThat(modern.rest()).doesNotContain("0\r\n\r\n");
    assertThat(rig.kept().firstFailure()).isEqualTo("cut-answer");
  }

  @Test
  void anHttp10ClientIsResetWhenItsAnswerIsCut() {
    rig.upstream(
        new ScriptedUpstream(
            (line, head) -> {
              line.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
              rig.awaitOnce();
              line.close();
            }));
    RawClient old = rig.client().send("GET / HTTP/1.0\r\n\r\n");
    old.readUntil("hello");
    rig.release();
    assertThat(old.rest()).endsWith("<reset>");
  }

  @Test
  void whatWasNeverAnsweredIsAProblemOfItsKind() {
    rig.upstream(new ScriptedUpstream((line, head) -> line.reset()));
    RawClient.Answer reset = rig.client().get("/").answer();
    assertThat(reset.statusLine()).isEqualTo("HTTP/1.1 502 Bad Gateway");
    assertThat(reset.has("Content-Type: application/problem+json")).isTrue();
    assertThat(reset.body())
        .contains("\"failure\":\"reset-before-answer\"")
        .contains("\"status\":502");
  }

  @Test
  void garbageIsABadAnswer() {
    rig.upstream(
        new ScriptedUpstream((line, head) -> line.write("\u0016\u0003garbage\r\n\r\n\r\n")));
    RawClient.Answer answer = rig.client().get("/").answer();
    assertThat(answer.statusLine()).startsWith("HTTP/1.1 502");
    assertThat(answer.body()).contains("bad-answer");
  }

  @Test
  void silenceEndsAtTheDeadline() {
    ScriptedUpstream silent = new ScriptedUpstream((line, head) -> line.untilLeft());
    rig.serving(silent, Decisions.serve(silent.upstream(SHORT, 4)));
    RawClient.Answer answer = rig.client().get("/").answer();
    assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 504 Gateway Timeout");
    assertThat(answer.body()).contains("answer-timeout");
    await().until(() -> silent.ended() == 1);
  }

  @Test
  void silenceWithinAnAnswerCutsIt() {
    ScriptedUpstream stalling =
        new ScriptedUpstream(
            (line, head) -> {
              line.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello");
              line.untilLeft();
            });
    rig.serving(stalling, Decisions.serve(stalling.upstream(SHORT, 4)));
    assertThat(rig.client().get("/").rest()).endsWith("hello");
    assertThat(rig.kept().firstFailure()).isEqualTo("cut-answer");
  }

  @Test
  void aClosedPortIsRefused() {
    rig.deciding(
        (head, ticket) -> Decisions.serve(Upstream.of("gone", URI.create("http://127.0.0.1:1"))));
    RawClient.Answer answer = rig.client().get("/").answer();
    assertThat(answer.statusLine()).startsWith("HTTP/1.1 502");
    assertThat(answer.body()).contains("connect-refused");
  }

  @Test
  void aClientThatLeavesTakesItsUpstreamRequestAlong() {
    ScriptedUpstream silent = rig.upstream(new ScriptedUpstream((line, head) -> line.untilLeft()));
    RawClient client = rig.client().get("/");
    await().until(() -> silent.heads().size() == 1);
    client.vanish();
    await().until(() -> silent.ended() == 1);
    assertThat(rig.kept().firstFailure()).isEqualTo("client-left");
  }

  @Test
  void aCutUploadNeverArrivesAsAWholeOne() {
    ScriptedUpstream reading =
        rig.upstream(
            new ScriptedUpstream(
                (line, head) -> {
                  if (line.body(head).endsWith("0\r\n\r\n")) {
                    line.write(OK);
                  } else {
                    line.untilLeft();
                  }
                }));
    RawClient client =
        rig.client()
            .send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
    await().until(() -> reading.heads().size() == 1);
    client.close();
    await().until(() -> reading.ended() == 1);
    assertThat(rig.kept().firstFailure()).isEqualTo("client-left");
  }

  @Test
  void clientsThatLeaveWhileTheyWaitForAConnectionLoseNone() {
    ScriptedUpstream slow =
        new ScriptedUpstream(
            (line, head) -> {
              line.body(head);
              if (head.contains("/hold")) {
                rig.awaitOnce();
              }
              line.write(OK);
            });
    rig.serving(slow, Decisions.serve(slow.upstream(Duration.ofSeconds(10), 2)));
    RawClient first = rig.client().get("/hold/1");
    RawClient second = rig.client().get("/hold/2");
    await().until(() -> slow.heads().size() == 2);
    for (int i = 0; i < 6; i++) {
      rig.client().send("POST /left HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nabc").vanish();
    }
    await().until(() -> rig.kept().served().size() == 6);
    rig.release();
    assertThat(first.answer().body()).isEqualTo("ok");
    assertThat(second.answer().body()).isEqualTo("ok");
    for (int i = 0; i < 6; i++) {
      assertThat(rig.client().get("/after").answer().body()).isEqualTo("ok");
    }
    assertThat(slow.heads()).noneMatch(head -> head.contains("/left"));
  }

  @Test
  void aConnectionWhoseRequestWasNotReadWholeIsNotUsedAgain() {
    ScriptedUpstream hasty = rig.upstream(ScriptedUpstream.answering(OK));
    RawClient client =
        rig.client().send("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nabc");
    assertThat(client.answer().body()).isEqualTo("ok");
    await().until(() -> hasty.ended() == 1);
    assertThat(rig.client().get("/b").answer().body()).isEqualTo("ok");
    assertThat(hasty.connections()).isEqualTo(2);
  }

  @Test
  void aSinkThatThrowsHurtsNobody() {
    ScriptedUpstream upstream = rig.beside(ScriptedUpstream.answering(OK));
    try (FacadeServer facade =
            FacadeServer.start(
                Rig.settings(4, 1000, java.util.List.of()),
                (head, ticket) -> Decisions.serve(upstream.upstream()),
                new BrokenSink());
        RawClient client = new RawClient(facade.port())) {
      assertThat(client.get("/").answer().body()).isEqualTo("ok");
      assertThat(client.get("/").answer().body()).isEqualTo("ok");
    }
  }

  private static final class BrokenSink implements ExchangeSink {
    @Override
    public void served(ServedExchange exchange) {
      throw new IllegalStateException("broken");
    }

    @Override
    public void refused(RefusedRequest refused) {
      throw new IllegalStateException("broken");
    }

    @Override
    public void shadowed(ShadowedExchange exchange) {
      throw new IllegalStateException("broken");
    }
  }
}
