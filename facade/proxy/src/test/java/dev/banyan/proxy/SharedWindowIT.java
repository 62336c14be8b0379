package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banyan.rules.Upstream;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.streams.WriteStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Streams of one connection that stand still, and the others on it. */
final class SharedWindowIT {
  private static final Buffer BLOCK = Buffer.buffer(new byte[64 * 1024]);
  private static final int SMALL = 300_000;
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private final Rig rig = new Rig();
  private final Vertx vertx = Vertx.vertx();
  private final AtomicLong sent = new AtomicLong();

  @AfterEach
  void close() {
    rig.release();
    rig.close();
    wait(vertx.close());
  }

  /** As fast as it is taken, without an end. */
  private void flood(WriteStream<Buffer> to) {
    while (!to.writeQueueFull()) {
      sent.addAndGet(BLOCK.length());
      to.write(BLOCK);
    }
    to.drainHandler(v -> flood(to));
  }

  private void standsStill() {
    await()
        .atMost(Duration.ofSeconds(10))
        .pollInterval(Duration.ofMillis(300))
        .until(rig.unchanged(sent::get));
  }

  @Test
  void aReaderThatStopsLeavesTheOtherAnswersOfTheUpstreamConnectionAlone() {
    HttpServer server = vertx.createHttpServer().requestHandler(this::answer);
    int port = wait(server.listen(0, "127.0.0.1")).actualPort();
    Upstream upstream =
        new Upstream(
            "one connection",
            List.of(URI.create("http://127.0.0.1:" + port)),
            Upstream.Protocol.HTTP2,
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            1);
    rig.deciding((head, ticket) -> Decisions.serve(upstream));
    rig.client().get("/endless");
    standsStill();
    for (int i = 0; i < 40; i++) {
      assertThat(rig.client().get("/small").answer().body()).hasSize(SMALL);
    }
    assertThat(sent.get()).isLessThan(64L << 20);
  }

  private void answer(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    if (request.path().equals("/endless")) {
      flood(response);
    } else {
      response.end(Buffer.buffer(new byte[SMALL]));
    }
  }

  @Test
  void anUploadThatNobodyTakesLeavesTheOtherUploadsOfTheClientAlone() {
    ScriptedUpstream hanging = rig.beside(new ScriptedUpstream((line, head) -> rig.awaitOnce()));
    ScriptedUpstream reading =
        rig.beside(
            new ScriptedUpstream(
                (line, head) -> {
                  line.body(head);
                  line.write(OK);
                }));
    rig.deciding(
        (head, ticket) ->
            Decisions.serve((head.path().equals("/hang") ? hanging : reading).upstream()));
    HttpClient client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false)
                .setHttp2MaxPoolSize(1));
    HttpClientRequest endless = post(client, "/hang").setChunked(true);
    endless.exceptionHandler(e -> {});
    var _ = endless.response();
    vertx.runOnContext(v -> flood(endless));
    standsStill();
    for (int i = 0; i < 40; i++) {
      HttpClientRequest small = post(client, "/small");
      assertThat(wait(small.send(Buffer.buffer(new byte[SMALL]))).statusCode()).isEqualTo(200);
    }
    assertThat(sent.get()).isLessThan(64L << 20);
  }

  private HttpClientRequest post(HttpClient client, String path) {
    return wait(client.request(HttpMethod.POST, rig.facade().port(), "127.0.0.1", path));
  }

  private static <T> T wait(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }
}
