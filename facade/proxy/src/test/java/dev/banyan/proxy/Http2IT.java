package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.banyan.parity.Observation;
import dev.banyan.rules.Upstream;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.StreamResetException;
import io.vertx.core.net.HostAndPort;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** HTTP/2 with prior knowledge before and behind the facade, independently of each other. */
final class Http2IT {
  private final Rig rig = new Rig();
  private final Vertx vertx = Vertx.vertx();
  private final List<String> codes = new CopyOnWriteArrayList<>();
  private final HttpClient client =
      vertx.createHttpClient(
          new HttpClientOptions()
              .setProtocolVersion(HttpVersion.HTTP_2)
              .setHttp2ClearTextUpgrade(false));

  @AfterEach
  void close() {
    wait(client.close());
    rig.close();
    wait(vertx.close());
  }

  @Test
  void anHttp2ClientIsServedByAnHttp1Upstream() {
    ScriptedUpstream upstream =
        rig.upstream(
            ScriptedUpstream.answering(
                "HTTP/1.1 200 Fine\r\nConnection: keep-alive, X-Hop\r\nX-Hop: 1\r\nKeep-Alive: 5\r\n"
                    + "X-A: 1\r\nContent-Length: 2\r\n\r\nok"));
    HttpClientRequest request = request(HttpMethod.GET, "/orders?id=1");
    request.headers().add("cookie", "a=1").add("cookie", "b=2").add("te", "trailers");
    HttpClientResponse answer = wait(whole(request, Buffer.buffer()));
    assertThat(answer.version()).isEqualTo(HttpVersion.HTTP_2);
    assertThat(answer.headers().names())
        .contains("x-a", "content-length")
        .doesNotContain("connection", "keep-alive", "x-hop");
    assertThat(upstream.lastHead())
        .startsWith("GET /orders?id=1 HTTP/1.1\r\n")
        .contains("Host: shop.test:81\r\n", "Cookie: a=1; b=2\r\n", "TE: trailers\r\n")
        .contains("X-Forwarded-Host: shop.test:81\r\n")
        .doesNotContain(":authority");
  }

  @Test
  void theCopyOfARequestNamesItsHostAndHasOneCookie() {
    String answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    ScriptedUpstream control = rig.beside(ScriptedUpstream.answering(answer));
    ScriptedUpstream candidate = ScriptedUpstream.answering(answer);
    rig.serving(
        candidate,
        Decisions.shadowed(
            control.upstream(),
            candidate.upstream(),
            Decisions.policy(Duration.ofSeconds(5), 1 << 16)));
    HttpClientRequest request = request(HttpMethod.GET, "/orders?id=1");
    request.headers().add("cookie", "a=1").add("cookie", "b=2").add("x-a", "1");
    wait(whole(request, Buffer.buffer()));
    ShadowedExchange.Pair pair = (ShadowedExchange.Pair) rig.kept().firstShadow();
    assertThat(pair.request().headers().values("host")).containsExactly("shop.test:81");
    assertThat(pair.request().headers().values("cookie")).containsExactly("a=1; b=2");
    assertThat(pair.request().headers().values("x-a")).containsExactly("1");
  }

  @Test
  void aBodyWithoutALengthReachesAnHttp1UpstreamInChunks() {
    ScriptedUpstream upstream =
        rig.upstream(
            new ScriptedUpstream(
                (line, head) -> {
                  line.body(head);
                  line.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                }));
    HttpClientRequest request = request(HttpMethod.POST, "/orders");
    request.setChunked(true).write("hello");
    Future<HttpClientResponse> answer = request.response();
    request.end();
    assertThat(wait(answer).statusCode()).isEqualTo(200);
    assertThat(upstream.lastHead().toLowerCase(Locale.ROOT)).contains("transfer-encoding: chunked");
  }

  @Test
  void aRequestWithoutABodyHasNoneForAnHttp1Upstream() {
    ScriptedUpstream upstream =
        rig.upstream(ScriptedUpstream.answering("HTTP/1.1 204 No Content\r\n\r\n"));
    assertThat(wait(request(HttpMethod.DELETE, "/orders/1").send()).statusCode()).isEqualTo(204);
    assertThat(upstream.lastHead().toLowerCase(Locale.ROOT))
        .doesNotContain("transfer-encoding", "content-length");
  }

  @Test
  void bothSidesSpeakHttp2WithTrailers() {
    behind(
        request ->
            request
                .body()
                .onSuccess(
                    body -> {
                      request.response().putHeader("x-seen", seen(request));
                      request.response().putTrailer("x-sum", "42");
                      request.response().write(body);
                      request.response().end();
                    }));
    HttpClientRequest request = request(HttpMethod.PUT, "/orders/1");
    HttpClientResponse answer = wait(whole(request, Buffer.buffer("x".repeat(300_000))));
    assertThat(rig.kept().first().control()).isInstanceOf(Observation.Answered.class);
    assertThat(answer.trailers().get("x-sum")).isEqualTo("42");
    assertThat(answer.getHeader("x-seen")).isEqualTo("HTTP_2 shop.test:81 host=null");
  }

  @Test
  void anHttp1ClientIsServedByAnHttp2Upstream() {
    behind(request -> request.response().putHeader("x-seen", seen(request)).end("ok"));
    String answer = rig.client().send("GET / HTTP/1.1\r\nHost: h.test\r\n\r\n").answer().toString();
    assertThat(answer).contains("HTTP_2 h.test host=null");
  }

  @Test
  void aStreamThatTheUpstreamResetsNeverLooksWhole() {
    behind(
        request -> {
          request.response().write("part");
          vertx.setTimer(50, t -> request.response().reset(2));
        });
    assertThatThrownBy(() -> wait(bodyOf(request(HttpMethod.GET, "/"))))
        .hasCauseInstanceOf(StreamResetException.class)
        .cause()
        .extracting(e -> ((StreamResetException) e).getCode())
        .isEqualTo(2L);
  }

  @Test
  void anHttp1AnswerThatIsCutResetsTheStream() {
    rig.upstream(
        new ScriptedUpstream(
            (line, head) -> {
              line.write("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello");
              line.close();
            }));
    assertThatThrownBy(() -> wait(bodyOf(request(HttpMethod.GET, "/"))))
        .hasCauseInstanceOf(StreamResetException.class);
  }

  @Test
  void aClientThatCancelsIsToldToTheUpstream() {
    behind(
        request -> {
          request.response().exceptionHandler(e -> codes.add(code(e)));
          request.exceptionHandler(e -> codes.add(code(e)));
          request.handler(chunk -> codes.add(chunk.toString()));
        });
    HttpClientRequest request = request(HttpMethod.POST, "/slow");
    request.setChunked(true).write("begun");
    await().until(() -> codes.contains("begun"));
    request.reset(8);
    await().until(() -> codes.contains("8"));
    assertThat(rig.kept().firstFailure()).isEqualTo("client-left");
  }

  @Test
  void aStreamThatEndsIsNoClientThatLeft() {
    behind(request -> request.response().end("ok"));
    for (int i = 0; i < 50; i++) {
      wait(bodyOf(request(HttpMethod.GET, "/" + i)));
    }
    await().until(() -> rig.kept().served().size() == 50);
    assertThat(rig.kept().served()).allMatch(e -> e.control() instanceof Observation.Answered);
  }

  @Test
  void aRefusalLeavesTheOtherStreamsAlone() {
    behind(request -> vertx.setTimer(300, t -> request.response().end("late")));
    Future<Buffer> slow = bodyOf(request(HttpMethod.GET, "/slow"));
    HttpClientResponse refused = wait(request(HttpMethod.GET, "no-slash").send());
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(wait(slow).toString()).isEqualTo("late");
  }

  private static Future<Buffer> bodyOf(HttpClientRequest request) {
    return whole(request, Buffer.buffer()).compose(HttpClientResponse::body);
  }

  /** The answer with its body, both asked for before they can come: nobody hears them later. */
  private static Future<HttpClientResponse> whole(HttpClientRequest request, Buffer body) {
    Future<HttpClientResponse> answer =
        request.response().compose(from -> from.body().map(all -> from));
    var _ = request.end(body);
    return answer;
  }

  private static String code(Throwable e) {
    return e instanceof StreamResetException reset ? Long.toString(reset.getCode()) : e.toString();
  }

  private static String seen(HttpServerRequest request) {
    return request.version() + " " + request.authority() + " host=" + request.getHeader("host");
  }

  /** A facade in front of an HTTP/2 server. */
  private void behind(Consumer<HttpServerRequest> script) {
    HttpServer server =
        vertx.createHttpServer(new HttpServerOptions()).requestHandler(script::accept);
    int port = wait(server.listen(0, "127.0.0.1")).actualPort();
    Upstream upstream =
        new Upstream(
            "h2",
            List.of(URI.create("http://127.0.0.1:" + port)),
            Upstream.Protocol.HTTP2,
            Duration.ofSeconds(2),
            Duration.ofSeconds(10),
            8);
    rig.deciding((head, ticket) -> Decisions.serve(upstream));
  }

  private HttpClientRequest request(HttpMethod method, String target) {
    HttpClientRequest request =
        wait(client.request(method, rig.facade().port(), "127.0.0.1", target));
    return request.authority(HostAndPort.create("shop.test", 81));
  }

  private static <T> T wait(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }
}
