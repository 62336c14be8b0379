package dev.banyan.proxy;

import static dev.banyan.proxy.FrameClient.END_HEADERS;
import static dev.banyan.proxy.FrameClient.END_STREAM;
import static dev.banyan.proxy.FrameClient.HEADERS;
import static dev.banyan.proxy.FrameClient.block;
import static dev.banyan.proxy.FrameClient.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banyan.rules.Decision;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who drains lets end what has begun, and tells everybody to send no more. */
final class DrainIT {
  private static final int PATIENCE = 15_000;
  private static final byte[] NONE = {};
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private static final String AGREED =
      "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: chat\r\n\r\n";

  private final Rig rig = new Rig();
  private ScriptedUpstream upstream = ScriptedUpstream.answering(OK);

  @BeforeEach
  void open() {
    upstream.close();
    upstream =
        rig.beside(
            new ScriptedUpstream(
                (line, head) -> {
                  if (head.startsWith("GET /slow")) {
                    rig.awaitOnce();
                  } else if (head.startsWith("GET /tunnel")) {
                    line.write(AGREED);
                    for (String said = line.read(4); !said.isEmpty(); said = line.read(4)) {
                      line.write(said);
                    }
                    return;
                  }
                  line.write(OK);
                }));
    Decision serve = Decisions.serve(upstream.upstream());
    Decision refuse = new Decision.Refuse(403, "not for you", Optional.of("closed"));
    rig.deciding((head, ticket) -> head.path().startsWith("/refused") ? refuse : serve);
  }

  @AfterEach
  void close() {
    rig.release();
    rig.close();
  }

  private static byte[] get(int stream, String path) {
    byte[] fields =
        block(":method", "GET", ":scheme", "http", ":path", path, ":authority", "h.test");
    return frame(HEADERS, END_HEADERS | END_STREAM, stream, fields);
  }

  private CompletableFuture<Integer> drain() {
    return CompletableFuture.supplyAsync(() -> rig.facade().drain(Duration.ofSeconds(20)));
  }

  @Test
  void aStreamUnderWayEndsAndOneOpenedAfterTheSecondGoodbyeIsNotServed() throws Exception {
    try (FrameClient client = new FrameClient(rig.facade().port(), NONE)) {
      client.send(get(1, "/slow"));
      await().until(() -> upstream.heads().size() == 1);
      CompletableFuture<Integer> drained = drain();

      client.readGoodbyes(PATIENCE, 2);
      assertThat(client.lastStreams()).containsExactly(Integer.MAX_VALUE, 1);
      client.send(get(3, "/late"));
      rig.release();
      client.readToEnd(PATIENCE);

      assertThat(client.outcome(1)).isEqualTo("200");
      assertThat(client.outcome(3)).isNotEqualTo("200");
      assertThat(client.closed()).isTrue();
      assertThat(drained.get(20, TimeUnit.SECONDS)).isZero();
      assertThat(upstream.heads()).hasSize(1);
    }
  }

  @Test
  void aStreamThatCrossedTheFirstGoodbyeIsServed() throws Exception {
    try (FrameClient client = new FrameClient(rig.facade().port(), NONE)) {
      client.ignorePings();
      client.send(get(1, "/slow"));
      await().until(() -> upstream.heads().size() == 1);
      CompletableFuture<Integer> drained = drain();

      client.readGoodbyes(PATIENCE, 1);
      client.send(get(3, "/crossed"));
      client.readGoodbyes(PATIENCE, 2);
      rig.release();
      client.readToEnd(PATIENCE);

      assertThat(client.lastStreams()).containsExactly(Integer.MAX_VALUE, 3);
      assertThat(client.outcome(1)).isEqualTo("200");
      assertThat(client.outcome(3)).isEqualTo("200");
      assertThat(drained.get(20, TimeUnit.SECONDS)).isZero();
    }
  }

  @Test
  void anIdleConnectionOfHttp2IsToldAndClosed() throws Exception {
    try (FrameClient client = new FrameClient(rig.facade().port(), NONE)) {
      client.send(get(1, "/")).read(PATIENCE, 1);
      CompletableFuture<Integer> drained = drain();
      client.readToEnd(PATIENCE);
      assertThat(client.lastStreams()).containsExactly(Integer.MAX_VALUE, 1);
      assertThat(client.closed()).isTrue();
      assertThat(drained.get(20, TimeUnit.SECONDS)).isZero();
    }
  }

  private RawClient tunnel() {
    RawClient client = rig.client().get("/tunnel", "Connection: Upgrade", "Upgrade: chat");
    assertThat(client.head().statusLine()).contains(" 101 ");
    return client;
  }

  @Test
  void aTunnelIsWaitedForUntilItEnds() throws Exception {
    RawClient client = tunnel();
    assertThat(rig.facade().requestsInFlight()).isZero();
    CompletableFuture<Integer> drained = drain();
    await().until(() -> rig.facade().isDraining());
    for (int i = 0; i < 10; i++) {
      assertThat(client.send("ping").readUntil("ping")).isEqualTo("ping");
      await().pollDelay(Duration.ofMillis(30)).until(() -> true);
    }
    assertThat(drained).isNotDone();
    client.close();
    assertThat(drained.get(20, TimeUnit.SECONDS)).isZero();
  }

  @Test
  void aTunnelThatGoesOnIsCutWhenTheTimeIsOver() {
    RawClient client = tunnel();
    assertThat(rig.facade().drain(Duration.ofMillis(300))).isEqualTo(1);
    rig.facade().close();
    assertThat(client.rest()).isIn("", "<reset>");
  }

  @Test
  void keptConnectionsOfHttp1EndAfterTheirNextAnswerWhoeverGivesIt() throws Exception {
    RawClient slow = rig.client();
    RawClient served = rig.client();
    RawClient refused = rig.client();
    assertThat(served.get("/").answer().head()).doesNotContainIgnoringCase("connection:");
    assertThat(refused.get("/refused").answer().head()).doesNotContainIgnoringCase("connection:");
    slow.get("/slow");
    await().until(() -> upstream.heads().size() == 2);
    CompletableFuture<Integer> drained = drain();
    await().until(() -> rig.facade().isDraining());

    assertThat(served.get("/").rest())
        .startsWith("HTTP/1.1 200")
        .containsIgnoringCase("\r\nconnection: close\r\n")
        .endsWith("ok");
    assertThat(refused.get("/refused").rest())
        .startsWith("HTTP/1.1 403")
        .containsIgnoringCase("\r\nconnection: close\r\n");
    rig.release();
    assertThat(slow.rest()).containsIgnoringCase("\r\nconnection: close\r\n").endsWith("ok");
    assertThat(drained.get(20, TimeUnit.SECONDS)).isZero();
  }
}
