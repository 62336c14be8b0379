package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes through unchanged, byte for byte. */
final class ForwardingIT {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private final Rig rig = new Rig();

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void answersKeepReasonPhraseHeaderCaseAndBytes() {
    String cookie = "Set-Cookie: uml=Gr\u00c3\u00bc\u00c3\u009fe; a=b, c; path=/";
    String file = "Content-Disposition: attachment; filename=\"r\u00c3\u00a9sum\u00c3\u00a9.csv\"";
    rig.upstream(
        ScriptedUpstream.answering(
            "HTTP/1.1 404 Order Not Found\r\nX-ODD-case: 1\r\nDate: Sat, 01 Jan 2000 00:00:00 GMT\r\n"
                + "Date: Sun, 02 Jan 2000 00:00:00 GMT\r\n"
                + cookie
                + "\r\nSet-Cookie: b=2\r\n"
                + file
                + "\r\nContent-Length: 2\r\n\r\nno"));
    RawClient.Answer answer = rig.client().get("/orders/1").answer();
    assertThat(answer.head())
        .isEqualTo(
            "HTTP/1.1 404 Order Not Found\r\nX-ODD-case: 1\r\nDate: Sat, 01 Jan 2000 00:00:00 GMT\r\n"
                + "Date: Sun, 02 Jan 2000 00:00:00 GMT\r\n"
                + cookie
                + "\r\nSet-Cookie: b=2\r\n"
                + file
                + "\r\nContent-Length: 2\r\n\r\n");
    assertThat(answer.body()).isEqualTo("no");
  }

  @Test
  void anEmptyReasonPhraseStaysEmpty() {
    rig.upstream(ScriptedUpstream.answering("HTTP/1.1 200 \r\nContent-Length: 2\r\n\r\nok"));
    assertThat(rig.client().get("/").answer().statusLine()).isEqualTo("HTTP/1.1 200 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/a/../b/./c//d",
        "/a%2Fb%2f%C3%A9?x=%20&y=http://h/../z",
        "//double",
        "/q?a=b?c=d&e",
        "/Gr\u00c3\u00bc\u00c3\u009fe",
        "/a;v=1/b+c?{}|^\"<>",
        "/%00%zz"
      })
  void theTargetGoesOnAsItCame(String target) {
    ScriptedUpstream upstream = rig.upstream(ScriptedUpstream.answering(OK));
    assertThat(rig.client().get(target).answer().body()).isEqualTo("ok");
    assertThat(upstream.lastHead()).startsWith("GET " + target + " HTTP/1.1\r\n");
  }

  @Test
  void requestHeadersKeepCaseOrderAndBytesAndNothingIsFramedThatHadNoBody() {
    ScriptedUpstream upstream = rig.upstream(ScriptedUpstream.answering(OK));
    rig.client().get("/", "X-Name: Gr\u00c3\u00bc\u00c3\u009fe", "cookie: a=1; b=2").answer();
    assertThat(upstream.lastHead())
        .startsWith(
            "GET / HTTP/1.1\r\nHost: shop.example\r\nX-Name: Gr\u00c3\u00bc\u00c3\u009fe\r\ncookie: a=1; b=2\r\n")
        .doesNotContainIgnoringCase("content-length")
        .doesNotContainIgnoringCase("transfer-encoding")
        .doesNotContainIgnoringCase("connection:")
        .doesNotContainIgnoringCase("user-agent");
  }

  @Test
  void aDeleteWithALengthOfZeroKeepsItAndOneWithoutGetsNone() {
    ScriptedUpstream upstream = rig.upstream(ScriptedUpstream.answering(OK));
    RawClient client = rig.client();
    client.send("DELETE /a HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n").answer();
    assertThat(upstream.lastHead()).contains("\r\nContent-Length: 0\r\n");
    client.send("DELETE /b HTTP/1.1\r\nHost: h\r\n\r\n").answer();
    assertThat(upstream.lastHead()).doesNotContainIgnoringCase("content-length");
    client.send("POST /c HTTP/1.1\r\nHost: h\r\n\r\n").answer();
    assertThat(upstream.lastHead())
        .doesNotContainIgnoringCase("content-length")
        .doesNotContainIgnoringCase("transfer-encoding");
  }

  @Test
  void hopByHopFieldsStayOnTheirConnection() {
    ScriptedUpstream upstream =
        rig.upstream(
            ScriptedUpstream.answering(
                "HTTP/1.1 200 OK\r\nConnection: X-Internal\r\nX-Internal: 1\r\nKeep-Alive: 5\r\n"
                    + "X-Kept: 1\r\nContent-Length: 2\r\n\r\nok"));
    RawClient.Answer answer =
        rig.client()
            .get("/", "Connection: keep-alive, X-Hop", "X-Hop: 1", "TE: trailers", "X-End: 1")
            .answer();
    assertThat(answer.head())
        .doesNotContain("X-Internal")
        .doesNotContainIgnoringCase("keep-alive")
        .contains("X-Kept: 1");
    assertThat(upstream.lastHead())
        .doesNotContain("X-Hop")
        .doesNotContainIgnoringCase("keep-alive")
        .contains("\r\nTE: trailers\r\n")
        .contains("\r\nX-End: 1\r\n");
  }

  @Test
  void bodiesGoThroughInBothFramings() {
    ScriptedUpstream upstream =
        rig.upstream(
            new ScriptedUpstream(
                (line, head) -> {
                  String body = line.body(head);
                  line.write(
                      "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
                }));
    RawClient client = rig.client();
    assertThat(
            client
                .send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello")
                .answer()
                .body())
        .isEqualTo("hello");
    assertThat(upstream.lastHead()).contains("Content-Length: 5");
    assertThat(
            client
                .send(
                    "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n")
                .answer()
                .body())
        .isEqualTo("3\r\nabc\r\n0\r\n\r\n");
    assertThat(upstream.lastHead()).containsIgnoringCase("transfer-encoding: chunked");
    assertThat(upstream.connections()).isEqualTo(1);
  }

  @Test
  void trailersOfAChunkedAnswerArrive() {
    rig.upstream(
        ScriptedUpstream.answering(
            String.join(
                "\r\n",
                "HTTP/1.1 200 OK",
                "Transfer-Encoding: chunked",
                "Trailer: X-Sum",
                "",
                "2",
                "ok",
                "0",
                "X-Sum: 42",
                "",
                "")));
    RawClient client = rig.client().get("/", "Connection: close");
    assertThat(client.rest()).endsWith("2\r\nok\r\n0\r\nX-Sum: 42\r\n\r\n");
  }

  @Test
  void headAnd304KeepTheLengthWithoutABodyAnd204HasNone() {
    rig.upstream(
        new ScriptedUpstream(
            (line, head) ->
                line.write(
                    head.startsWith("HEAD")
                        ? "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n"
                        : head.contains("/304")
                            ? "HTTP/1.1 304 Not Modified\r\nContent-Length: 99\r\nETag: \"a\"\r\n\r\n"
                            : "HTTP/1.1 204 No Content\r\nX-A: 1\r\n\r\n")));
    RawClient client = rig.client();
    assertThat(client.send("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n").head().has("Content-Length: 99"))
        .isTrue();
    assertThat(client.get("/304").head().has("Content-Length: 99")).isTrue();
    assertThat(client.get("/204").head().head())
        .isEqualTo("HTTP/1.1 204 No Content\r\nX-A: 1\r\n\r\n");
    assertThat(client.get("/304").head().statusLine()).isEqualTo("HTTP/1.1 304 Not Modified");
  }

  @Test
  void anAnswerThatEndsWithItsConnectionArrivesChunkedAndForHttp10EndsWithTheConnectionToo() {
    rig.upstream(
        new ScriptedUpstream(
            (line, head) -> {
              line.write("HTTP/1.0 200 OK\r\nX-A: 1\r\n\r\nhello");
              line.close();
            }));
    assertThat(rig.client().get("/").answer().body()).isEqualTo("5\r\nhello\r\n0\r\n\r\n");
    String whole = rig.client().send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").rest();
    assertThat(whole).endsWith("\r\n\r\nhello").containsIgnoringCase("connection: close");
    assertThat(whole).doesNotContainIgnoringCase("chunked");
  }

  @Test
  void anHttp10ClientThatAsksForItKeepsItsConnection() {
    rig.upstream(
        ScriptedUpstream.answering(
            "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nok"));
    RawClient client = rig.client();
    for (int i = 0; i < 3; i++) {
      RawClient.Answer answer =
          client.send("GET / HTTP/1.0\r\nHost: h\r\nConnection: keep-alive\r\n\r\n").answer();
      assertThat(answer.body()).isEqualTo("ok");
      assertThat(answer.head()).containsIgnoringCase("connection: keep-alive");
    }
  }

  @Test
  void connectionsAreReusedOnBothSides() {
    ScriptedUpstream upstream = rig.upstream(ScriptedUpstream.answering(OK));
    RawClient client = rig.client();
    for (int i = 0; i < 20; i++) {
      assertThat(client.get("/" + i).answer().body()).isEqualTo("ok");
    }
    assertThat(upstream.connections()).isEqualTo(1);
  }
}
