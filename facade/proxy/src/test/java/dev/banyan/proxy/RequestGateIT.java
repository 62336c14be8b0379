package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.rules.Decision;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes no further, and what is said about the client. */
final class RequestGateIT {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private final Rig rig = new Rig();

  @AfterEach
  void close() {
    rig.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost:\r\n\r\n",
        "GET /a\u0000b HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET a HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET * HTTP/1.1\r\nHost: a\r\n\r\n",
        "G(T / HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\n: b\r\n\r\n",
        "GET /\u00ff HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"
      })
  void whatCanBeReadInTwoWaysIsRefused(String request) {
    ScriptedUpstream upstream = rig.upstream(ScriptedUpstream.answering(OK));
    String answer = rig.client().send(request).rest();
    assertThat(answer)
        // What the codec could not read at all has no version.
        .containsPattern("^HTTP/1\\.[01] 400 Bad Request\r\n")
        .contains("Content-Type: application/problem+json\r\n")
        .contains("\"status\":400");
    assertThat(upstream.heads()).isEmpty();
  }

  @Test
  void aHeadIsReadAsWholeWhereverItIsCut() {
    rig.upstream(ScriptedUpstream.answering(OK));
    String head = "GET /c HTTP/1.1\r\nHost: a\r\nX: y\r\n\r\n";
    for (int cut = 1; cut < head.length(); cut++) {
      RawClient client = rig.client();
      // The first byte alone is read apart from the rest; the second request meets no first byte.
      for (int begin : new int[] {1, 0}) {
        client.send(head.substring(0, begin));
        client.send(head.substring(begin, Math.max(begin, cut)));
        LockSupport.parkNanos(2_000_000);
        client.send(head.substring(Math.max(begin, cut)));
        assertThat(client.answer().body()).as("cut at %d", cut).isEqualTo("ok");
      }
      assertThat(client.send(" " + head).rest()).startsWith("HTTP/1.1 400 ");
    }
  }

  @Test
  void bothFramingsAtOnceAreRefused() {
    ScriptedUpstream upstream = rig.upstream(ScriptedUpstream.answering(OK));
    String request =
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
    assertThat(rig.client().send(request).rest()).startsWith("HTTP/1.1 400 ");
    assertThat(upstream.heads()).isEmpty();
  }

  @Test
  void tunnelsLongLinesAndLargeHeadersHaveTheirOwnStatus() {
    rig.upstream(ScriptedUpstream.answering(OK));
    assertThat(rig.client().send("CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n").rest())
        .startsWith("HTTP/1.1 405 ");
    assertThat(rig.client().get("/" + "a".repeat(17_000)).rest())
        .containsPattern("^HTTP/1\\.[01] 414 ");
    assertThat(rig.client().get("/", "X: " + "a".repeat(70_000)).rest())
        .containsPattern("^HTTP/1\\.[01] 431 ");
    assertThat(
            rig.client().get("/" + "a".repeat(15_000), "X: " + "a".repeat(50_000)).answer().body())
        .isEqualTo("ok");
  }

  @Test
  void aRefusalOfTheTableIsAProblemAndKeepsTheConnection() {
    rig.deciding((h, t) -> new Decision.Refuse(403, "say \"no\"\n", Optional.of("internals")));
    RawClient client = rig.client();
    for (int i = 0; i < 2; i++) {
      RawClient.Answer answer = client.get("/").answer();
      assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 403 Forbidden");
      assertThat(answer.body())
          .contains("\"detail\":\"say \\\"no\\\"\\u000a\"", "\"route\":\"internals\"");
    }
  }

  @Test
  void whatAnUnknownClientClaimsIsReplacedAndItsTraceBegun() {
    ScriptedUpstream upstream = rig.upstream(ScriptedUpstream.answering(OK));
    rig.client()
        .get(
            "/",
            "X-Forwarded-For: 6.6.6.6",
            "Forwarded: for=6.6.6.6",
            "Banyan-Shadow: 1",
            "traceparent: 00-bad",
            "tracestate: a=b")
        .answer();
    assertThat(upstream.lastHead())
        .contains(
            "\r\nX-Forwarded-For: 127.0.0.1\r\n",
            "\r\nX-Forwarded-Proto: http\r\n",
            "\r\nX-Forwarded-Host: shop.example\r\n",
            "\r\nForwarded: for=127.0.0.1;host=\"shop.example\";proto=http\r\n")
        .containsPattern("\r\ntraceparent: 00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]\r\n")
        .doesNotContain("6.6.6.6", "Banyan-Shadow", "tracestate");
  }

  @Test
  void whatATrustedProxySaysIsAddedTo() {
    ScriptedUpstream upstream = rig.beside(ScriptedUpstream.answering(OK));
    rig.facade(
        Rig.settings(1, 1, List.of("127.0.0.1")), (h, t) -> Decisions.serve(upstream.upstream()));
    rig.client()
        .get("/", "X-Forwarded-For: 9.9.9.9", "X-Forwarded-Proto: https", "Forwarded: for=9.9.9.9")
        .answer();
    assertThat(upstream.lastHead())
        .contains(
            "\r\nX-Forwarded-For: 9.9.9.9, 127.0.0.1\r\n",
            "\r\nX-Forwarded-Proto: https\r\n",
            "\r\nForwarded: for=9.9.9.9, for=127.0.0.1;");
  }
}
