package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banyan.rules.Upstream;
import dev.banyan.rules.UpstreamPolicies;
import dev.banyan.rules.UpstreamTls;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Upgrades before upstreams that are spoken to in HTTP/2, which has none. */
final class Http2TunnelIT {
  @TempDir private Path folder;
  private final Rig rig = new Rig();

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void anUpstreamOfHttp2IsAskedInHttp1() throws Exception {
    speaksBehindHttp2(new HttpServerOptions(), "http", UpstreamTls.DEFAULT);
  }

  @Test
  void anUpstreamOfHttp2ThatSettlesItByAlpnIsAskedInHttp1() throws Exception {
    TestCertificate identity = TestCertificate.make(folder, "localhost");
    HttpServerOptions options =
        new HttpServerOptions()
            .setSsl(true)
            .setUseAlpn(true)
            .setKeyCertOptions(
                new PemKeyCertOptions()
                    .addCertPath(identity.certificate().toString())
                    .addKeyPath(identity.key().toString()));
    UpstreamTls believed =
        new UpstreamTls(
            Optional.of(identity.certificate().toString()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    speaksBehindHttp2(options, "https", believed);
  }

  private void speaksBehindHttp2(HttpServerOptions options, String scheme, UpstreamTls tls)
      throws Exception {
    Vertx vertx = Vertx.vertx();
    int port =
        vertx
            .createHttpServer(options)
            .webSocketHandler(socket -> socket.textMessageHandler(socket::writeTextMessage))
            .requestHandler(request -> request.response().end(request.version().name()))
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS)
            .actualPort();
    Upstream upstream =
        new Upstream(
                "sockets",
                List.of(URI.create(scheme + "://127.0.0.1:" + port)),
                Upstream.Protocol.HTTP2,
                Duration.ofSeconds(2),
                Duration.ofSeconds(10),
                8)
            .with(UpstreamPolicies.DEFAULT.with(tls));
    rig.deciding((head, ticket) -> Decisions.serve(upstream));
    KeptSocket kept = new KeptSocket();
    WebSocket socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(URI.create("ws://127.0.0.1:" + rig.facade().port() + "/hub"), kept)
            .get(10, TimeUnit.SECONDS);
    socket.sendText("hello", true).get(10, TimeUnit.SECONDS);
    await().until(() -> kept.events().contains("text 5"));
    socket.sendClose(4001, "done").get(10, TimeUnit.SECONDS);
    assertThat(rig.client().get("/").answer().body()).isEqualTo("HTTP_2");
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
