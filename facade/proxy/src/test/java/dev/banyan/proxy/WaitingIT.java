package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banyan.rules.Upstream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nobody waits for ever, and who is waited for is the one who is told of. */
final class WaitingIT {
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private final Rig rig = new Rig();

  @AfterEach
  void close() {
    rig.close();
  }

  private static Upstream impatient(URI url, Duration timeout, int connections) {
    return new Upstream("test", List.of(url), Upstream.Protocol.HTTP1, SHORT, timeout, connections);
  }

  private static URI of(ScriptedUpstream upstream) {
    return upstream.upstream().urls().getFirst();
  }

  @Test
  void whoWaitsTooLongForAConnectionIsToldThatAllAreTaken() {
    ScriptedUpstream silent = new ScriptedUpstream((line, head) -> line.untilLeft());
    rig.serving(silent, Decisions.serve(impatient(of(silent), LONG, 1)));
    rig.client().get("/takes-the-only-one");
    RawClient.Answer answer = rig.client().get("/waits").answer();
    assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 503 Service Unavailable");
    assertThat(answer.body()).contains("\"failure\":\"pool-full\"");
    assertThat(answer.head()).contains("\r\nRetry-After: 1\r\n");
    assertThat(silent.connections()).isEqualTo(1);
  }

  @Test
  void whereTooManyWaitTheNextOneIsToldAtOnce() {
    ScriptedUpstream silent = new ScriptedUpstream((line, head) -> line.untilLeft());
    Upstream patient =
        new Upstream("test", List.of(of(silent)), Upstream.Protocol.HTTP1, LONG, LONG, 1);
    rig.serving(silent, Decisions.serve(patient));
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < 110; i++) {
      clients.add(rig.client().get("/"));
    }
    // One holds the connection, a hundred wait: the last ones do not, far below the 40 s of
    // waiting.
    assertThat(clients.getLast().answer().statusLine()).startsWith("HTTP/1.1 503");
  }

  @Test
  void whoLeavesHoldsNoPlaceInTheLine() {
    ScriptedUpstream busy =
        new ScriptedUpstream(
            (line, head) -> {
              rig.awaitOnce();
              line.write(OK);
            });
    Upstream patient =
        new Upstream("test", List.of(of(busy)), Upstream.Protocol.HTTP1, LONG, LONG, 1);
    rig.serving(busy, Decisions.serve(patient));
    RawClient first = rig.client().get("/");
    await().until(() -> busy.heads().size() == 1);
    List<RawClient> impatient = new ArrayList<>();
    for (int i = 0; i < 110; i++) {
      impatient.add(rig.client().get("/"));
    }
    await().until(() -> rig.kept().served().size() == 10); // a hundred wait
    impatient.forEach(RawClient::vanish);
    await().until(() -> rig.facade().connections() == 1);

    RawClient next = rig.client().get("/next");
    await().until(() -> rig.facade().connections() == 2);
    rig.release();
    assertThat(next.answer().statusLine()).isEqualTo("HTTP/1.1 200 OK");
    assertThat(first.answer().statusLine()).isEqualTo("HTTP/1.1 200 OK");
    assertThat(busy.heads()).hasSize(2);
  }

  @Test
  void eightyStreamsOfOneClientShareEightConnections() {
    ScriptedUpstream upstream =
        new ScriptedUpstream(
            (line, head) -> {
              LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
              line.write(OK);
            });
    Upstream few =
        new Upstream("test", List.of(of(upstream)), Upstream.Protocol.HTTP1, LONG, LONG, 8);
    rig.serving(upstream, Decisions.serve(few));
    try (FrameClient client = new FrameClient(rig.facade().port(), new byte[0])) {
      byte[] get =
          FrameClient.block(
              ":method", "GET", ":scheme", "http", ":path", "/", ":authority", "h.test");
      for (int i = 0; i < 80; i++) {
        client.send(
            FrameClient.frame(
                FrameClient.HEADERS,
                FrameClient.END_HEADERS | FrameClient.END_STREAM,
                2 * i + 1,
                get));
      }
      for (int i = 0; i < 80; i++) {
        client.readUntilEnded(15_000, 2 * i + 1);
        assertThat(client.outcome(2 * i + 1)).isEqualTo("200");
      }
    }
    assertThat(upstream.connections()).isLessThanOrEqualTo(8);
  }

  @Test
  void anAddressThatTakesNoConnectionIsATimeout() throws IOException {
    List<Socket> crowd = new ArrayList<>();
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      fill(full, crowd);
      URI url = URI.create("http://127.0.0.1:" + full.getLocalPort());
      rig.deciding((head, ticket) -> Decisions.serve(impatient(url, LONG, 4)));
      RawClient.Answer answer = rig.client().get("/").answer();
      assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 504 Gateway Timeout");
      assertThat(answer.body()).contains("\"failure\":\"connect-timeout\"");
    } finally {
      for (Socket one : crowd) {
        one.close();
      }
    }
  }

  /** Connects until nobody is let in any more. */
  private static void fill(ServerSocket server, List<Socket> crowd) throws IOException {
    for (int i = 0; i < 20; i++) {
      Socket one = new Socket();
      crowd.add(one);
      try {
        one.connect(server.getLocalSocketAddress(), 200);
      } catch (SocketTimeoutException full) {
        return;
      }
    }
    throw new IllegalStateException("backlog: not full (expected: full after 20 connections)");
  }

  @Test
  void aClientThatPausesItsUploadIsNotTheUpstreamsFault() throws InterruptedException {
    ScriptedUpstream upstream =
        new ScriptedUpstream(
            (line, head) -> {
              line.body(head);
              line.write(OK);
            });
    rig.serving(upstream, Decisions.serve(impatient(of(upstream), SHORT, 1)));
    RawClient client = rig.client();
    client.send("POST / HTTP/1.1\r\nHost: shop.example\r\nContent-Length: 10\r\n\r\nhello");
    // Nothing to wait for: the point is that nothing happens for three times the timeout.
    assertThat(new CountDownLatch(1).await(3 * SHORT.toMillis(), TimeUnit.MILLISECONDS)).isFalse();
    client.send("world");
    assertThat(client.answer().statusLine()).isEqualTo("HTTP/1.1 200 OK");
  }

  @Test
  void anUpstreamThatDoesNotReadHoldsTheUploadBackAndIsTheOneToBlame() throws IOException {
    CountDownLatch release = new CountDownLatch(1);
    ScriptedUpstream deaf =
        new ScriptedUpstream(
            (line, head) -> {
              try {
                release.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    rig.serving(deaf, Decisions.serve(impatient(of(deaf), Duration.ofSeconds(2), 1)));
    long sent = 0;
    try (SocketChannel client = SocketChannel.open()) {
      client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), rig.facade().port()));
      String head = "POST / HTTP/1.1\r\nHost: shop.example\r\nContent-Length: 500000000\r\n\r\n";
      client.write(ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII)));
      client.configureBlocking(false);
      byte[] block = new byte[64 * 1024];
      long quietSince = System.nanoTime();
      while (System.nanoTime() - quietSince < TimeUnit.MILLISECONDS.toNanos(700)) {
        int written = client.write(ByteBuffer.wrap(block));
        sent += written;
        quietSince = written > 0 ? System.nanoTime() : quietSince;
      }
      client.configureBlocking(true);
      client.socket().setSoTimeout(10_000);
      InputStream in = client.socket().getInputStream();
      String answer = new String(in.readNBytes(12), StandardCharsets.US_ASCII);
      assertThat(answer).isEqualTo("HTTP/1.1 504");
    } finally {
      release.countDown();
    }
    // Socket buffers on the way hold some megabytes; the facade itself holds next to nothing.
    assertThat(sent).isLessThan(40_000_000);
    assertThat(rig.kept().firstFailure()).isEqualTo("answer-timeout");
  }
}
