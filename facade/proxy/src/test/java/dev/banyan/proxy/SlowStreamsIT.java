package dev.banyan.proxy;

import static dev.banyan.proxy.FrameClient.DATA;
import static dev.banyan.proxy.FrameClient.END_HEADERS;
import static dev.banyan.proxy.FrameClient.END_STREAM;
import static dev.banyan.proxy.FrameClient.HEADERS;
import static dev.banyan.proxy.FrameClient.block;
import static dev.banyan.proxy.FrameClient.frame;
import static dev.banyan.proxy.FrameClient.latin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banyan.proxy.edge.EdgeLimits;
import dev.banyan.proxy.edge.EdgeLimits.ProxyProtocol;
import dev.banyan.rules.Decision;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is slow over HTTP/2 loses the stream, or the connection where there is none yet. */
final class SlowStreamsIT {
  private static final int PATIENCE = 15_000;
  private static final byte[] NONE = {};
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private final Rig rig = new Rig();

  @AfterEach
  void close() {
    rig.close();
  }

  private ScriptedUpstream before(ScriptedUpstream upstream) {
    EdgeLimits limits =
        new EdgeLimits(
            16 * 1024,
            64 * 1024,
            256,
            0,
            Duration.ofMillis(900),
            1000,
            Duration.ofMillis(300),
            0,
            0,
            ProxyProtocol.OFF);
    FacadeSettings settings =
        new FacadeSettings("127.0.0.1", 0, 1, Duration.ofSeconds(30), 1, 1, List.of(), limits);
    Decision serve = Decisions.serve(upstream.upstream());
    Decision refuse = new Decision.Refuse(403, "not for you", Optional.of("closed"));
    rig.facade(settings, (head, ticket) -> head.path().startsWith("/refused") ? refuse : serve);
    return rig.beside(upstream);
  }

  private static ScriptedUpstream reading() {
    return new ScriptedUpstream(
        (line, head) -> {
          line.body(head);
          line.write(OK);
        });
  }

  private FrameClient client() {
    return new FrameClient(rig.facade().port(), NONE);
  }

  private static byte[] head(int stream, String method, String path, int flags) {
    byte[] fields =
        block(":method", method, ":scheme", "http", ":path", path, ":authority", "h.test");
    return frame(HEADERS, END_HEADERS | flags, stream, fields);
  }

  private List<String> reasons() {
    return rig.kept().refused().stream().map(RefusedRequest::reason).toList();
  }

  @Test
  void aBodyThatStopsLosesItsStreamAndNoOtherOne() {
    ScriptedUpstream upstream = before(reading());
    try (FrameClient client = client()) {
      client.send(head(1, "POST", "/", 0), frame(DATA, 0, 1, latin("hello")));
      client.read(PATIENCE, 1);
      assertThat(client.outcome(1)).isEqualTo("408");
      assertThat(reasons()).containsExactly("slow-body");
      await().until(() -> upstream.ended() == 1);
      assertThat(rig.kept().firstFailure()).isEqualTo("client-left");

      client.send(head(3, "GET", "/", END_STREAM)).read(PATIENCE, 3);
      assertThat(client.outcome(3)).isEqualTo("200");
    }
  }

  @Test
  void aBodyAboveTheLeastRateMayTakeItsTime() {
    before(reading());
    try (FrameClient client = client()) {
      client.send(head(1, "POST", "/", 0));
      for (int i = 0; i < 6; i++) {
        client.send(frame(DATA, i == 5 ? END_STREAM : 0, 1, latin("x".repeat(500))));
        LockSupport.parkNanos(Duration.ofMillis(150).toNanos());
      }
      client.read(PATIENCE, 1);
      assertThat(client.outcome(1)).isEqualTo("200");
      assertThat(rig.kept().refused()).isEmpty();
    }
  }

  @Test
  void anAnswerThatIsLongInComingIsNotTheBodysFault() {
    before(
        new ScriptedUpstream(
            (line, head) -> {
              line.body(head);
              LockSupport.parkNanos(Duration.ofMillis(1500).toNanos());
              line.write(OK);
            }));
    try (FrameClient client = client()) {
      client.send(head(1, "POST", "/", 0), frame(DATA, END_STREAM, 1, latin("hello")));
      client.read(PATIENCE, 1);
      assertThat(client.outcome(1)).isEqualTo("200");
      assertThat(rig.kept().refused()).isEmpty();
    }
  }

  @Test
  void whoTalksInTurnsWithAnAnswerThatIsUnderWayIsNotSlow() {
    before(
        new ScriptedUpstream(
            (line, head) -> {
              line.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n");
              line.body(head);
              line.write("3\r\nbye\r\n0\r\n\r\n");
            }));
    try (FrameClient client = client()) {
      client.send(head(1, "POST", "/", 0), frame(DATA, 0, 1, latin("hello")));
      LockSupport.parkNanos(Duration.ofMillis(1500).toNanos());
      client.send(frame(DATA, END_STREAM, 1, latin("bye"))).readUntilEnded(PATIENCE, 1);
      assertThat(client.outcome(1)).isEqualTo("200");
      assertThat(client.wasReset(1)).isFalse();
      assertThat(rig.kept().refused()).isEmpty();
    }
  }

  @Test
  void aReaderWhoTakesNothingLosesItsStream() {
    ScriptedUpstream upstream =
        before(
            new ScriptedUpstream(
                (line, head) -> {
                  line.write("HTTP/1.1 200 OK\r\nContent-Length: 50000000\r\n\r\n");
                  line.write(new byte[50_000_000]);
                }));
    try (FrameClient client = client()) {
      // No WINDOW_UPDATE follows: 64 kB is all that this client ever takes.
      client.send(head(1, "GET", "/", END_STREAM)).read(PATIENCE, 1);
      assertThat(client.wasReset(1)).isTrue();
      assertThat(reasons()).containsExactly("slow-reader");
      await().until(() -> upstream.ended() == 1);
    }
  }

  @Test
  void aRefusedStreamIsNotLeftOpenForItsBody() {
    before(reading());
    try (FrameClient client = client()) {
      client.send(head(1, "POST", "/refused", 0));
      client.readUntilReset(PATIENCE, 1);
      assertThat(client.outcome(1)).isEqualTo("403");
      assertThat(client.wasReset(1)).isTrue();
    }
  }

  @Test
  void aPrefaceWithoutSettingsIsCutAndNotAnsweredInHttp1() {
    before(reading());
    RawClient client = rig.client().send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    assertThat(client.rest()).doesNotContain("HTTP/1.1");
    assertThat(reasons()).containsExactly("slow-head");
  }

  @Test
  void halfAPrefaceIsCut() {
    before(reading());
    assertThat(rig.client().send("PRI * HTT").rest()).doesNotContain("200");
    assertThat(reasons()).containsExactly("slow-head");
  }
}
