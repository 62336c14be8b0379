package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import dev.banyan.parity.Body;
import dev.banyan.parity.Observation;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of copies; the client's answer is the same whatever the candidate does. */
final class ShadowIT {
  private static final String LIVE =
      "HTTP/1.1 200 OK\r\nX-Side: old\r\nContent-Length: 3\r\n\r\nold";
  private static final String COPY =
      "HTTP/1.1 200 OK\r\nX-Side: new\r\nContent-Length: 3\r\n\r\nnew";
  private static final int CAP = 1 << 16;

  private final Rig rig = new Rig();

  @AfterEach
  void close() {
    rig.close();
  }

  private ScriptedUpstream candidate(ScriptedUpstream candidate, Duration timeout) {
    ScriptedUpstream control = rig.beside(ScriptedUpstream.answering(LIVE));
    return rig.serving(
        candidate,
        Decisions.shadowed(
            control.upstream(), candidate.upstream(), Decisions.policy(timeout, CAP)));
  }

  private void clientIsServed(String... lines) {
    assertThat(rig.client().get("/orders/1?a=b", lines).answer().body()).isEqualTo("old");
  }

  private Observation candidateSeen() {
    return ((ShadowedExchange.Pair) rig.kept().firstShadow()).candidate();
  }

  private void nothingIsHeld() {
    await().until(() -> rig.facade().shadowsInFlight() == 0 && rig.facade().shadowBytes() == 0);
  }

  @Test
  void theCandidateGetsTheRequestWithoutCredentialsAndBothAnswersAreSeen() {
    ScriptedUpstream candidate = candidate(ScriptedUpstream.answering(COPY), Duration.ofSeconds(5));
    String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    clientIsServed("Cookie: a=1", "Authorization: Basic x", "X-Kept: 1", "traceparent: " + trace);

    ShadowedExchange.Pair pair = (ShadowedExchange.Pair) rig.kept().firstShadow();
    assertThat(((Observation.Answered) pair.control()).body())
        .isEqualTo(new Body.Whole(new byte[] {'o', 'l', 'd'}));
    assertThat(((Observation.Answered) pair.candidate()).body())
        .isEqualTo(new Body.Whole(new byte[] {'n', 'e', 'w'}));
    assertThat(pair.request().target()).isEqualTo("/orders/1?a=b");
    assertThat(pair.request().headers().first("Authorization")).contains("Basic x");
    assertThat(candidate.lastHead())
        .startsWith("GET /orders/1?a=b HTTP/1.1\r\nHost: shop.example\r\n")
        .contains("\r\nBanyan-Shadow: 1\r\n", "\r\nX-Kept: 1\r\n")
        .contains("traceparent: 00-0af7651916cd43dd8448eb211c80319c-")
        .doesNotContain("b7ad6b7169203331", "Cookie", "Authorization");
    nothingIsHeld();
  }

  @Test
  void aCandidateThatNeverAnswersEndsAtItsDeadline() {
    candidate(new ScriptedUpstream((line, head) -> line.untilLeft()), Duration.ofMillis(300));
    clientIsServed();
    assertThat(candidateSeen())
        .asInstanceOf(type(Observation.Failed.class))
        .extracting(Observation.Failed::failure)
        .isEqualTo("answer-timeout");
    nothingIsHeld();
  }

  @Test
  void copiesThatAreUnderWayWhenTheFacadeEndsSayNothingOfTheCandidate() {
    candidate(
        new ScriptedUpstream(
            (line, head) -> {
              if (head.startsWith("GET /first ")) {
                line.write(COPY);
              } else {
                line.untilLeft();
              }
            }),
        Duration.ofSeconds(30));
    // Given one on a connection that has answered before, where a copy is sent once more if it is
    // lost, and one on a new connection
    rig.client().get("/first");
    rig.kept().firstShadow();
    clientIsServed();
    clientIsServed();
    await().until(() -> rig.facade().shadowsInFlight() == 2);
    rig.facade().close();

    assertThat(rig.kept().shadowed()).hasSize(3);
    assertThat(rig.kept().shadowed().subList(1, 3))
        .allSatisfy(
            copy ->
                assertThat(copy)
                    .asInstanceOf(type(ShadowedExchange.Skipped.class))
                    .extracting(ShadowedExchange.Skipped::reason)
                    .isEqualTo("closing"));
    assertThat(rig.facade().shadowsInFlight()).isZero();
    assertThat(rig.facade().shadowBytes()).isZero();
  }

  @Test
  void noAnswerEndsWithTheFacade() {
    String begun = "HTTP/1.0 200 OK\r\n\r\nhello";
    ScriptedUpstream endless =
        candidate(
            new ScriptedUpstream(
                (line, head) -> {
                  line.write(begun);
                  line.untilLeft();
                }),
            Duration.ofSeconds(30));
    clientIsServed();
    await().until(() -> endless.heads().size() == 1 && rig.facade().shadowsInFlight() == 1);
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200)); // until its hello was read
    rig.facade().close();

    assertThat(((ShadowedExchange.Skipped) rig.kept().firstShadow()).reason()).isEqualTo("closing");
  }

  @Test
  void aCandidateThatResetsIsSeenToHaveReset() {
    candidate(new ScriptedUpstream((line, head) -> line.reset()), Duration.ofSeconds(5));
    clientIsServed();
    assertThat(candidateSeen())
        .asInstanceOf(type(Observation.Failed.class))
        .extracting(Observation.Failed::failure)
        .isEqualTo("reset-before-answer");
    nothingIsHeld();
  }

  @Test
  void aCandidateThatSendsAGigabyteIsReadUpToTheCap() {
    ScriptedUpstream flood =
        candidate(
            new ScriptedUpstream(
                (line, head) -> {
                  line.write("HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n");
                  byte[] block = new byte[1 << 16];
                  for (int i = 0; i < 1 << 14; i++) {
                    line.write(block);
                  }
                }),
            Duration.ofSeconds(5));
    clientIsServed();
    assertThat(candidateSeen())
        .asInstanceOf(type(Observation.Answered.class))
        .extracting(Observation.Answered::body)
        .isEqualTo(new Body.TooLarge(CAP));
    await().until(() -> flood.ended() == 1);
    nothingIsHeld();
  }

  @Test
  void moreCopiesThanMayBeUnderWayAreSkippedAndCounted() {
    ScriptedUpstream control = rig.beside(ScriptedUpstream.answering(LIVE));
    ScriptedUpstream silent = rig.beside(new ScriptedUpstream((line, head) -> line.untilLeft()));
    rig.facade(
        Rig.settings(3, 1 << 20, List.of()),
        (head, ticket) ->
            Decisions.shadowed(
                control.upstream(),
                silent.upstream(),
                Decisions.policy(Duration.ofMillis(1500), CAP)));
    for (int i = 0; i < 10; i++) {
      clientIsServed();
    }
    await().until(() -> rig.kept().shadowed().size() == 10);
    assertThat(rig.kept().shadowed())
        .filteredOn(s -> s instanceof ShadowedExchange.Skipped)
        .extracting(s -> ((ShadowedExchange.Skipped) s).reason())
        .containsOnly("in-flight-full")
        .hasSize(7);
    nothingIsHeld();
  }

  @Test
  void noRoomForBytesSkipsTheCopyAndNotTheClient() {
    ScriptedUpstream control = rig.beside(ScriptedUpstream.answering(LIVE));
    ScriptedUpstream candidate = rig.beside(ScriptedUpstream.answering(COPY));
    rig.facade(
        Rig.settings(3, 2, List.of()),
        (head, ticket) ->
            Decisions.shadowed(
                control.upstream(),
                candidate.upstream(),
                Decisions.policy(Duration.ofSeconds(5), CAP)));
    clientIsServed();
    assertThat(((ShadowedExchange.Skipped) rig.kept().firstShadow()).reason())
        .isEqualTo("bytes-full");
    nothingIsHeld();
  }

  @Test
  void aControlThatFailsAndARequestTooLargeAreNotSentAgain() {
    ScriptedUpstream control =
        rig.beside(
            new ScriptedUpstream(
                (line, head) -> {
                  if (head.contains("/fails")) {
                    line.reset();
                  } else {
                    line.body(head);
                    line.write(LIVE);
                  }
                }));
    ScriptedUpstream candidate = ScriptedUpstream.answering(COPY);
    rig.serving(
        candidate,
        Decisions.shadowed(
            control.upstream(), candidate.upstream(), Decisions.policy(Duration.ofSeconds(5), 4)));
    assertThat(rig.client().get("/fails").answer().statusLine()).contains("502");
    assertThat(
            rig.client()
                .send("PUT /big HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\n12345")
                .answer()
                .body())
        .isEqualTo("old");
    await().until(() -> rig.kept().shadowed().size() == 2);
    assertThat(rig.kept().shadowed())
        .extracting(s -> ((ShadowedExchange.Skipped) s).reason())
        .containsExactly("control-failed", "request-too-large");
    assertThat(candidate.heads()).isEmpty();
    nothingIsHeld();
  }
}
