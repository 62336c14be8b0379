package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banyan.proxy.upstream.UpstreamState;
import dev.banyan.rules.Upstream;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.dns.AddressResolverOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An upstream whose name has moved is followed, however busy its connections are. */
final class MovedNameIT {
  private static final Duration LIFETIME = Duration.ofMillis(500);
  private static final String OK =
      "HTTP/1.1 200 OK\r\nConnection: X-Mine\r\nX-Mine: 1\r\nContent-Length: 2\r\n\r\nok";

  @TempDir private Path folder;

  /** How an upstream is asked for a status. */
  private interface Asking {
    int ask(UpstreamClient client) throws Exception;
  }

  @Test
  void aConnectionThatIsNeverIdleIsGivenUpInTime() throws Exception {
    isGivenUpInTime(vertx -> MovedNameIT::ask);
  }

  @Test
  void soIsOneForCopies() throws Exception {
    isGivenUpInTime(
        vertx -> {
          Context loop = vertx.getOrCreateContext();
          return client -> copy(client, loop);
        });
  }

  private void isGivenUpInTime(Function<Vertx, Asking> asking) throws Exception {
    Path hosts = Files.writeString(folder.resolve("hosts"), "127.0.0.1 moving.test\n");
    Vertx vertx = resolvingBy(hosts);
    Asking way = asking.apply(vertx);
    try (ScriptedUpstream before = ScriptedUpstream.answering(OK);
        ScriptedUpstream after =
            new ScriptedUpstream(
                (line, head) -> line.write(OK),
                InetAddress.getByName("127.0.0.2"),
                before.port())) {
      Upstream upstream =
          new Upstream(
              "moving",
              List.of(URI.create("http://moving.test:" + before.port())),
              Upstream.Protocol.HTTP1,
              Duration.ofSeconds(5),
              Duration.ofSeconds(5),
              1);
      UpstreamClient client = new UpstreamClient(vertx, new UpstreamState(upstream), LIFETIME);
      for (int i = 0; i < 10; i++) {
        assertThat(way.ask(client)).isEqualTo(200);
      }
      assertThat(before.heads()).hasSize(10);
      assertThat(before.connections()).isLessThan(10);

      Files.writeString(hosts, "127.0.0.2 moving.test\n");
      await()
          .atMost(Duration.ofSeconds(30))
          .pollInterval(Duration.ofMillis(10))
          .until(
              () -> {
                // Every request is answered, whichever connection it is on.
                assertThat(way.ask(client)).isEqualTo(200);
                return !after.heads().isEmpty();
              });
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void aBusyConnectionOfHttp2IsGivenUpInTimeAndItsStreamsEnd() throws Exception {
    Path hosts = Files.writeString(folder.resolve("hosts"), "127.0.0.1 moving.test\n");
    Vertx vertx = resolvingBy(hosts);
    AtomicInteger endedBefore = new AtomicInteger();
    Promise<Void> go = Promise.promise();
    try {
      int port =
          wait(vertx
                  .createHttpServer()
                  .connectionHandler(
                      connection -> connection.closeHandler(v -> endedBefore.incrementAndGet()))
                  .requestHandler(
                      request -> {
                        if (request.path().equals("/long")) {
                          request.response().write("begun");
                          go.future().onSuccess(v -> request.response().end("before"));
                        } else {
                          request.response().setStatusCode(201).end();
                        }
                      })
                  .listen(0, "127.0.0.1"))
              .actualPort();
      wait(
          vertx
              .createHttpServer()
              .requestHandler(request -> request.response().setStatusCode(202).end())
              .listen(port, "127.0.0.2"));
      Upstream upstream =
          new Upstream(
              "moving",
              List.of(URI.create("http://moving.test:" + port)),
              Upstream.Protocol.HTTP2,
              Duration.ofSeconds(5),
              Duration.ofSeconds(5),
              1);
      UpstreamClient client = new UpstreamClient(vertx, new UpstreamState(upstream), LIFETIME);
      Future<Buffer> longOne =
          client
              .request(client.endpoints().getFirst(), HttpMethod.GET, "/long")
              .compose(
                  request -> {
                    Future<Buffer> body = request.response().compose(HttpClientResponse::body);
                    var _ = request.end();
                    return body;
                  });
      assertThat(ask(client)).isEqualTo(201);

      Files.writeString(hosts, "127.0.0.2 moving.test\n");
      await()
          .atMost(Duration.ofSeconds(30))
          .pollInterval(Duration.ofMillis(10))
          .until(() -> ask(client) == 202);
      assertThat(longOne.isComplete()).isFalse();
      assertThat(endedBefore).hasValue(0);
      go.complete();
      assertThat(wait(longOne)).hasToString("begunbefore");
      // It ends by itself, with its last stream; not only when it has been idle.
      await().atMost(Duration.ofSeconds(5)).until(() -> endedBefore.get() == 1);
    } finally {
      wait(vertx.close());
    }
  }

  private static int copy(UpstreamClient client, Context loop) throws Exception {
    SentCopy copy = new SentCopy();
    loop.runOnContext(v -> client.send(copy, RandomGenerator.getDefault()));
    return copy.outcome().get(10, TimeUnit.SECONDS);
  }

  private static Vertx resolvingBy(Path hosts) {
    return Vertx.vertx(
        new VertxOptions()
            .setAddressResolverOptions(
                new AddressResolverOptions()
                    .setHostsPath(hosts.toString())
                    .setHostsRefreshPeriod(50)
                    .setCacheMaxTimeToLive(0)));
  }

  private static <T> T wait(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private static int ask(UpstreamClient client) throws Exception {
    return client
        .request(client.endpoints().getFirst(), HttpMethod.GET, "/")
        .compose(MovedNameIT::status)
        .toCompletionStage()
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
  }

  /** Answer and body are asked for before they can come: nobody hears them later. */
  private static Future<Integer> status(HttpClientRequest request) {
    Future<Integer> status =
        request.response().compose(from -> from.body().map(body -> from.statusCode()));
    var _ = request.end();
    return status;
  }
}
