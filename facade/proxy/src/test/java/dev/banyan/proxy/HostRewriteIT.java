package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.rules.Forwarding;
import dev.banyan.rules.HostPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Another Host for the upstream, and its answers mapped back. */
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
  void anotherHostThatOnlyBeginsLikeTheUpstreamStays() {
    named("inner.example", "Location: http://inner.example.evil/\r\n");
    assertThat(rig.client().get("/").answer().head())
        .contains("\r\nLocation: http://inner.example.evil/\r\n");
  }
}
