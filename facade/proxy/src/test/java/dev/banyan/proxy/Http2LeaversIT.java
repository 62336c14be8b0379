package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banyan.rules.Upstream;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that leave while they wait for a stream of the only connection to an upstream. */
final class Http2LeaversIT {
  private static final int STREAMS = 4;
  private static final int CLIENTS = 40;

  private final Rig rig = new Rig();
  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger connections = new AtomicInteger();

  @BeforeEach
  void open() throws Exception {
    int port =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setInitialSettings(new Http2Settings().setMaxConcurrentStreams(STREAMS)))
            .connectionHandler(connection -> connections.incrementAndGet())
            .requestHandler(this::answerLate)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS)
            .actualPort();
    Upstream upstream =
        new Upstream(
            "few streams",
            List.of(URI.create("http://127.0.0.1:" + port)),
            Upstream.Protocol.HTTP2,
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            1);
    rig.deciding((head, ticket) -> Decisions.serve(upstream));
  }

  private void answerLate(HttpServerRequest request) {
    vertx.setTimer(200, t -> request.response().end("ok"));
  }

  @AfterEach
  void close() throws Exception {
    rig.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void everyStreamIsThereForWhoStays() {
    for (int round = 0; round < 3; round++) {
      List<RawClient> leavers = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        leavers.add(rig.client().get("/"));
      }
      RawClient stays = rig.client().get("/");
      leavers.forEach(RawClient::vanish);
      assertThat(stays.answer().body()).isEqualTo("ok");
    }
    await().atMost(Duration.ofSeconds(10)).until(() -> rig.facade().connections() <= 3);
    assertThat(connections.get()).isEqualTo(1);
    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(() -> assertThat(millisForAllStreams()).isLessThan(400));
  }

  /** As many at a time as there are streams: one after the other would take four times as long. */
  private long millisForAllStreams() {
    List<RawClient> clients = new ArrayList<>();
    long begin = System.nanoTime();
    for (int i = 0; i < STREAMS; i++) {
      clients.add(rig.client().get("/"));
    }
    clients.forEach(client -> assertThat(client.answer().body()).isEqualTo("ok"));
    clients.forEach(RawClient::close);
    return (System.nanoTime() - begin) / 1_000_000;
  }
}
