package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.rules.Decision;
import dev.banyan.rules.Forwarding;
import dev.banyan.rules.HostPolicy;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Another Host for the upstream, and its answers mapped back, whatever the client speaks. */
final class HostRewriteIT {
  private final Rig rig = new Rig();

  @AfterEach
  void close() {
    rig.close();
  }

  private ScriptedUpstream named(String name, String fields) {
    ScriptedUpstream upstream =
        ScriptedUpstream.answering("HTTP/1.1 200 OK\r\n" + fields + "Content-Length: 2\r\n\r\nok");
    return rig.serving(
        upstream,
        Decisions.serve(upstream.upstream())
            .with(new Forwarding(new HostPolicy.Named(name), null)));
  }

  @Test
  void theUpstreamGetsItsNameAndTheClientsOwnStandsInXForwardedHost() {
    ScriptedUpstream upstream = named("inner.example:81", "");
    rig.client().get("/").answer();
    assertThat(upstream.lastHead())
        .contains("\r\nHost: inner.example:81\r\n")
        .contains("\r\nX-Forwarded-Host: shop.example\r\n")
        .doesNotContain("\r\nHost: shop.example");
  }

  @Test
  void theHostOfTheUrlIsAWordOfItsOwn() {
    ScriptedUpstream upstream = ScriptedUpstream.answering("HTTP/1.1 204 No Content\r\n\r\n");
    rig.serving(
        upstream,
        Decisions.serve(upstream.upstream())
            .with(new Forwarding(new HostPolicy.OfUpstream(), null)));
    rig.client().get("/").head();
    String authority = upstream.upstream().urls().getFirst().getAuthority();
    assertThat(upstream.lastHead()).contains("\r\nHost: " + authority + "\r\n");
  }

  @Test
  void whatNamesTheUpstreamIsMappedBackAndNothingElse() {
    named(
        "inner.example:81",
        String.join(
            "\r\n",
            "Location: https://INNER.example:81/a?b=http://inner.example:81/",
            "Content-Location: //inner.example:81",
            "Set-Cookie: a=1; path=/; Domain=.inner.example; HttpOnly",
            "Set-Cookie: b=domain=inner.example; domain=other.example",
            "Link: <http://inner.example:81/x>",
            ""));
    assertThat(rig.client().get("/").answer().head())
        .contains("\r\nLocation: http://shop.example/a?b=http://inner.example:81/\r\n")
        .contains("\r\nContent-Location: //shop.example\r\n")
        .contains("\r\nSet-Cookie: a=1; path=/; Domain=shop.example; HttpOnly\r\n")
        .contains("\r\nSet-Cookie: b=domain=inner.example; domain=other.example\r\n")
        .contains("\r\nLink: <http://inner.example:81/x>\r\n");
  }

  @Test
  void aClientOfHttp2GetsItMappedToTheAuthorityItAskedFor() {
    named(
        "inner.example",
        String.join(
            "\r\n",
            "Location: http://inner.example/a",
            "Content-Location: //inner.example/b",
            "Set-Cookie: a=1; Domain=inner.example",
            ""));
    MultiMap answer = overHttp2("shop.example", 8443);
    assertThat(answer.get("location")).isEqualTo("http://shop.example:8443/a");
    assertThat(answer.get("content-location")).isEqualTo("//shop.example:8443/b");
    assertThat(answer.get("set-cookie")).isEqualTo("a=1; Domain=shop.example");
  }

  /** The fields of the answer to a GET with this authority. */
  private MultiMap overHttp2(String host, int port) {
    Vertx vertx = Vertx.vertx();
    try {
      HttpClientOptions options =
          new HttpClientOptions()
              .setProtocolVersion(HttpVersion.HTTP_2)
              .setHttp2ClearTextUpgrade(false);
      return vertx
          .createHttpClient(options)
          .request(HttpMethod.GET, rig.facade().port(), "127.0.0.1", "/")
          .compose(request -> request.authority(HostAndPort.create(host, port)).send())
          .map(HttpClientResponse::headers)
          .toCompletionStage()
          .toCompletableFuture()
          .orTimeout(10, TimeUnit.SECONDS)
          .join();
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, https, https",
    "127.0.0.1, 'HTTPS, http', https",
    "127.0.0.1, http, http",
    "127.0.0.1, gopher, http",
    "10.0.0.0/8, https, http"
  })
  void theSchemeIsTheOneThatATrustedProxySaysTheClientUsed(
      String trusted, String said, String scheme) {
    ScriptedUpstream upstream =
        rig.beside(
            ScriptedUpstream.answering(
                String.join(
                    "\r\n",
                    "HTTP/1.1 302 Found",
                    "Location: http://inner.example/a",
                    "Content-Length: 0",
                    "",
                    "")));
    Decision decision =
        Decisions.serve(upstream.upstream())
            .with(new Forwarding(new HostPolicy.Named("inner.example"), null));
    rig.facade(Rig.settings(1, 1, List.of(trusted)), (head, ticket) -> decision);
    assertThat(rig.client().get("/", "X-Forwarded-Proto: " + said).answer().head())
        .contains("\r\nLocation: " + scheme + "://shop.example/a\r\n");
  }

  @Test
  void anotherHostThatOnlyBeginsLikeTheUpstreamStays() {
    named("inner.example", "Location: http://inner.example.evil/\r\n");
    assertThat(rig.client().get("/").answer().head())
        .contains("\r\nLocation: http://inner.example.evil/\r\n");
  }
}
