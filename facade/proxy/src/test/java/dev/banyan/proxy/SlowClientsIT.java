package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banyan.proxy.edge.EdgeLimits;
import dev.banyan.proxy.edge.EdgeLimits.ProxyProtocol;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is slow cannot hold a connection, and who is merely waiting is not slow. */
final class SlowClientsIT {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final Duration GRACE = Duration.ofMillis(300);

  private final Rig rig = new Rig();

  @AfterEach
  void close() {
    rig.close();
  }

  private ScriptedUpstream before(ScriptedUpstream upstream, long body) {
    EdgeLimits limits =
        new EdgeLimits(
            16 * 1024,
            64 * 1024,
            256,
            body,
            Duration.ofMillis(600),
            1000,
            GRACE,
            0,
            0,
            ProxyProtocol.OFF);
    FacadeSettings settings =
        new FacadeSettings("127.0.0.1", 0, 1, Duration.ofSeconds(30), 1, 1, List.of(), limits);
    rig.facade(settings, (head, ticket) -> Decisions.serve(upstream.upstream()));
    return rig.beside(upstream);
  }

  private static ScriptedUpstream reading() {
    return new ScriptedUpstream(
        (line, head) -> {
          line.body(head);
          line.write(OK);
        });
  }

  private static void pause(Duration time) {
    LockSupport.parkNanos(time.toNanos());
  }

  private List<String> reasons() {
    return rig.kept().refused().stream().map(RefusedRequest::reason).toList();
  }

  @Test
  void aHeadThatDripsIsCutAtItsTimeAndNotLater() {
    before(reading(), 0);
    RawClient client = rig.client();
    long begin = System.nanoTime();
    client.send("GET / HTTP/1.1\r\nHost: a\r\n");
    for (int i = 0; i < 4; i++) {
      pause(Duration.ofMillis(150));
      client.send("X");
    }
    assertThat(client.rest()).startsWith("HTTP/1.1 408 ").contains("slow-head");
    assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.SECONDS.toNanos(3));
    assertThat(reasons()).containsExactly("slow-head");
  }

  @Test
  void whoConnectsAndSaysNothingIsLetGo() {
    before(reading(), 0);
    assertThat(rig.client().rest()).startsWith("HTTP/1.1 408 ");
  }

  @Test
  void aSecondHeadHasItsOwnTimeAndAKeptConnectionMayBeQuiet() {
    before(reading(), 0);
    RawClient client = rig.client();
    assertThat(client.get("/").answer().body()).isEqualTo("ok");
    pause(Duration.ofMillis(1200));
    assertThat(client.get("/").answer().body()).isEqualTo("ok");
    client.send("GET / HT");
    assertThat(client.rest()).startsWith("HTTP/1.1 408 ");
  }

  @Test
  void aKeptConnectionMayBeQuietAfterAnUploadAndAnEmptyLineBehindIt() {
    ScriptedUpstream upstream =
        new ScriptedUpstream(
            (line, head) -> {
              pause(Duration.ofMillis(200));
              line.body(head);
              line.write(OK);
            });
    before(upstream, 0);
    RawClient client = rig.client();
    String body = "x".repeat(4 << 20);
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + body.length() + "\r\n\r\n");
    assertThat(client.send(body).answer().body()).isEqualTo("ok");
    client.send("\r\n");
    pause(Duration.ofMillis(1200));
    assertThat(client.get("/").answer().statusLine()).isEqualTo("HTTP/1.1 200 OK");
    assertThat(rig.kept().refused()).isEmpty();
  }

  @Test
  void whoHasAnAnswerAndIsSlowWithTheRestOfTheBodyGetsNoSecondOne() {
    ScriptedUpstream upstream =
        new ScriptedUpstream(
            (line, head) -> {
              line.write(OK);
              line.untilLeft();
            });
    before(upstream, 0);
    RawClient client = rig.client();
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\nhello");
    assertThat(client.answer().body()).isEqualTo("ok");
    assertThat(client.rest()).isEmpty();
    await().until(() -> reasons().contains("slow-body"));
    assertThat(rig.kept().refused()).allMatch(one -> one.status() == 0);
  }

  @Test
  void aBodyBelowTheLeastRateGivesItsUpstreamConnectionBack() {
    ScriptedUpstream upstream = before(reading(), 0);
    RawClient client = rig.client();
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\nhello");
    assertThat(client.rest()).startsWith("HTTP/1.1 408 ").contains("slow-body");
    await().until(() -> upstream.ended() == 1);
    assertThat(reasons()).containsExactly("slow-body");
    assertThat(rig.kept().firstFailure()).isEqualTo("client-left");
  }

  @Test
  void aBodyAboveTheLeastRateMayTakeItsTime() {
    before(reading(), 0);
    RawClient client = rig.client();
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3000\r\n\r\n");
    for (int i = 0; i < 6; i++) {
      client.send("x".repeat(500));
      pause(Duration.ofMillis(150));
    }
    assertThat(client.answer().statusLine()).isEqualTo("HTTP/1.1 200 OK");
    assertThat(rig.kept().refused()).isEmpty();
  }

  @Test
  void aClientThatWaitsForContinueIsNotSlow() {
    ScriptedUpstream upstream =
        new ScriptedUpstream(
            (line, head) -> {
              pause(Duration.ofMillis(900));
              line.write("HTTP/1.1 100 Continue\r\n\r\n");
              line.body(head);
              line.write(OK);
            });
    before(upstream, 0);
    RawClient client = rig.client();
    client.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
    assertThat(client.head().statusLine()).startsWith("HTTP/1.1 100");
    assertThat(client.send("hello").answer().statusLine()).isEqualTo("HTTP/1.1 200 OK");
  }

  @Test
  void anUploadThatTheUpstreamHoldsBackIsNotSlow() {
    ScriptedUpstream upstream =
        new ScriptedUpstream(
            (line, head) -> {
              pause(Duration.ofMillis(1500));
              line.body(head);
              line.write(OK);
            });
    before(upstream, 0);
    RawClient client = rig.client();
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 12000000\r\n\r\n");
    client.send("x".repeat(12_000_000));
    assertThat(client.answer().statusLine()).isEqualTo("HTTP/1.1 200 OK");
  }

  @Test
  void aReaderWhoTakesNothingIsCut() {
    ScriptedUpstream upstream =
        new ScriptedUpstream(
            (line, head) -> {
              line.write("HTTP/1.1 200 OK\r\nContent-Length: 50000000\r\n\r\n");
              line.write(new byte[50_000_000]);
            });
    before(upstream, 0);
    RawClient client = rig.client().get("/");
    assertThat(client.head().statusLine()).isEqualTo("HTTP/1.1 200 OK");
    await().atMost(Duration.ofSeconds(15)).until(() -> reasons().contains("slow-reader"));
    await().until(() -> upstream.ended() == 1);
  }

  @Test
  void aBodyOverTheLimitIsRefusedAnnouncedOrNot() {
    ScriptedUpstream upstream = before(reading(), 1000);
    String announced = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\n";
    assertThat(rig.client().send(announced).rest()).startsWith("HTTP/1.1 413 ");
    assertThat(upstream.heads()).isEmpty();
    String chunk = "400\r\n" + "x".repeat(1024) + "\r\n";
    String chunked = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    assertThat(rig.client().send(chunked + chunk).rest()).startsWith("HTTP/1.1 413 ");
    assertThat(reasons()).containsOnly("body-too-large").hasSize(2);
    String within = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n";
    assertThat(rig.client().send(within + "x".repeat(1000)).answer().body()).isEqualTo("ok");
  }
}
