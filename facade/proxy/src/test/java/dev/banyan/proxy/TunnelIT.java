package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banyan.rules.Upstream;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Upgrades: WebSocket between real peers, and what must not become a tunnel. */
final class TunnelIT {
  private static final String AGREED =
      "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: chat\r\nX-A: 1\r\n\r\n";
  private static final String PLAIN = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private final Rig rig = new Rig();

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void aWebSocketSpeaksBothWaysAndCloses() throws Exception {
    Vertx vertx = Vertx.vertx();
    HttpServer server =
        vertx
            .createHttpServer()
            .webSocketHandler(
                socket -> {
                  socket.textMessageHandler(socket::writeTextMessage);
                  socket.binaryMessageHandler(socket::writeBinaryMessage);
                });
    int port =
        server
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS)
            .actualPort();
    Upstream upstream = Upstream.of("sockets", URI.create("http://127.0.0.1:" + port));
    rig.deciding(
        (head, ticket) ->
            Decisions.shadowed(upstream, upstream, Decisions.policy(Duration.ofSeconds(1), 10)));
    KeptSocket kept = new KeptSocket();
    WebSocket socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .subprotocols("chat")
            .buildAsync(URI.create("ws://127.0.0.1:" + rig.facade().port() + "/hub"), kept)
            .get(10, TimeUnit.SECONDS);
    socket.sendText("x".repeat(200_000), true).get(10, TimeUnit.SECONDS);
    await().until(() -> kept.events().contains("text 200000"));
    socket.sendBinary(ByteBuffer.wrap(new byte[7]), true).get(10, TimeUnit.SECONDS);
    await().until(() -> kept.events().contains("binary 7"));
    socket.sendClose(4001, "done").get(10, TimeUnit.SECONDS);
    await().until(() -> kept.events().stream().anyMatch(e -> e.startsWith("close")));
    assertThat(rig.kept().shadowed()).isEmpty();
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void bytesGoBothWaysAfterAnAgreement() {
    ScriptedUpstream upstream =
        rig.upstream(
            new ScriptedUpstream(
                (line, head) -> {
                  line.write(AGREED + "early");
                  line.write("echo " + line.read(4));
                  line.close();
                }));
    RawClient client = ask("chat");
    RawClient.Answer agreed = client.head();
    assertThat(agreed.statusLine()).isEqualTo("HTTP/1.1 101 Switching Protocols");
    assertThat(agreed.head().toLowerCase(Locale.ROOT))
        .contains("upgrade: chat", "connection: upgrade", "x-a: 1");
    assertThat(client.send("ping").rest()).isEqualTo("earlyecho ping");
    assertThat(upstream.lastHead()).contains("Upgrade: chat", "Connection: Upgrade");
    assertThat(rig.kept().first().control().toString()).contains("101");
  }

  @Test
  void aClientThatLeavesATunnelLeavesTheUpstream() {
    ScriptedUpstream upstream =
        rig.upstream(
            new ScriptedUpstream(
                (line, head) -> {
                  line.write(AGREED);
                  line.untilLeft();
                }));
    RawClient client = ask("chat");
    client.head();
    client.close();
    await().until(() -> upstream.ended() == 1);
  }

  @Test
  void aTunnelOutlivesTheSweepOfUpstreamsThatNobodyUses() {
    ScriptedUpstream talking =
        new ScriptedUpstream(
            (line, head) -> {
              if (head.startsWith("GET /plain")) {
                line.write(PLAIN);
                return;
              }
              line.write(AGREED);
              line.write("echo " + line.read(4));
              line.untilLeft();
            });
    ScriptedUpstream others = rig.beside(ScriptedUpstream.answering(PLAIN));
    AtomicInteger other = new AtomicInteger();
    rig.beside(talking);
    rig.deciding(
        (head, ticket) ->
            Decisions.serve(
                head.path().equals("/other")
                    ? others.upstream(Duration.ofSeconds(10), other.incrementAndGet())
                    : talking.upstream()));
    RawClient client = ask("chat");
    client.head();
    rig.client().get("/plain").answer();
    sweep();
    assertThat(client.send("ping").readUntil("ping")).isEqualTo("echo ping");
    client.close();
    await().until(() -> talking.ended() == 1);
    sweep();
    // Nobody uses the upstream now: its kept connection goes, too.
    await().atMost(Duration.ofSeconds(5)).until(() -> talking.ended() == 2);
  }

  /** So many upstreams that those go which have been unused for a second. */
  private void sweep() {
    RawClient beside = rig.client();
    for (int i = 0; i < 64; i++) {
      beside.get("/other").answer();
    }
    await().pollDelay(Duration.ofMillis(1200)).until(() -> true);
    beside.get("/other").answer();
  }

  @Test
  void aPlainAnswerToAnUpgradeIsAPlainAnswer() {
    ScriptedUpstream upstream = rig.upstream(ScriptedUpstream.answering(PLAIN));
    RawClient client = ask("chat");
    assertThat(client.answer().body()).isEqualTo("ok");
    assertThat(client.get("/next").answer().body()).isEqualTo("ok");
    assertThat(upstream.heads()).hasSize(2);
  }

  @Test
  void aWebSocketOfOldBeforeItsFinalVersionIsATunnelToo() {
    rig.upstream(
        new ScriptedUpstream(
            (line, head) -> {
              line.write(AGREED.replace("chat", "websocket") + "early");
              line.write("echo " + line.read(4));
              line.close();
            }));
    RawClient client = ask("websocket");
    assertThat(client.head().statusLine()).contains(" 101 ");
    assertThat(client.send("ping").rest()).isEqualTo("earlyecho ping");
  }

  @Test
  void anAgreementThatNobodyAskedForIsABadAnswer() {
    rig.upstream(ScriptedUpstream.answering(AGREED));
    assertThat(rig.client().get("/").answer().statusLine()).contains(" 502 ");
    assertThat(rig.kept().firstFailure()).isEqualTo("bad-answer");
  }

  @Test
  void anAgreementToSomethingElseIsABadAnswer() {
    rig.upstream(ScriptedUpstream.answering(AGREED));
    assertThat(ask("websocket").answer().statusLine()).contains(" 502 ");
  }

  @Test
  void anUpgradeToHttp2IsNotTaken() throws Exception {
    ScriptedUpstream upstream = rig.upstream(ScriptedUpstream.answering(PLAIN));
    URI url = URI.create("http://127.0.0.1:" + rig.facade().port() + "/a");
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          client.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
      assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
      assertThat(answer.body()).isEqualTo("ok");
    }
    assertThat(upstream.lastHead().toLowerCase(Locale.ROOT))
        .startsWith("get /a http/1.1")
        .doesNotContain("upgrade", "http2-settings");
  }

  @Test
  void anUpgradeWithABodyIsForwardedWithoutTheUpgrade() {
    ScriptedUpstream upstream =
        rig.upstream(
            new ScriptedUpstream(
                (line, head) -> {
                  line.body(head);
                  line.write(PLAIN);
                }));
    rig.client()
        .send(
            "GET / HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: chat\r\n"
                + "Content-Length: 2\r\n\r\nhi")
        .answer();
    assertThat(upstream.lastHead().toLowerCase(Locale.ROOT)).doesNotContain("upgrade");
  }

  private RawClient ask(String protocol) {
    return rig.client().get("/hub", "Connection: keep-alive, Upgrade", "Upgrade: " + protocol);
  }
}
