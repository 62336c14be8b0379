package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
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

  @Test
  void theHeadOfAnAnswerGoesOutBeforeItsBodyIsThere() {
    rig.upstream(
        new ScriptedUpstream(
            (line, head) -> {
              line.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
              line.untilLeft();
            }));
    assertThat(rig.client().get("/events").head().statusLine()).isEqualTo("HTTP/1.1 200 OK");
  }

  @Test
  void aContinueIsTheUpstreamsToGive() {
    ScriptedUpstream upstream =
        rig.upstream(
            new ScriptedUpstream(
                (line, head) -> {
                  line.write("HTTP/1.1 100 Continue\r\n\r\n");
                  String body = line.body(head);
                  line.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n" + body);
                }));
    RawClient client =
        rig.client()
            .send("PUT / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
    assertThat(client.head().statusLine()).isEqualTo("HTTP/1.1 100 Continue");
    assertThat(upstream.lastHead()).contains("Expect: 100-continue");
    assertThat(client.send("hello").answer().body()).isEqualTo("hello");
  }

  @Test
  void aRefusalInsteadOfAContinueArrivesAndEndsTheConnection() {
    rig.upstream(ScriptedUpstream.answering("HTTP/1.1 417 No\r\nContent-Length: 2\r\n\r\nno"));
    String answer =
        rig.client()
            .send("PUT / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n")
            .rest();
    assertThat(answer).startsWith("HTTP/1.1 417 No\r\n").endsWith("\r\n\r\nno");
  }

  @Test
  void aKeptConnectionThatWasClosedMeanwhileCostsASafeRequestNothing() {
    ScriptedUpstream upstream =
        rig.upstream(
            new ScriptedUpstream(
                (line, head) -> {
                  if (head.contains("/second") && rig.once()) {
                    line.reset();
                  } else {
                    line.write(OK);
                  }
                }));
    RawClient client = rig.client();
    client.get("/first").answer();
    assertThat(client.get("/second").answer().body()).isEqualTo("ok");
    assertThat(upstream.heads()).hasSize(3);
  }

  @Test
  void aSlowReaderHoldsTheUpstreamBack() throws IOException {
    long size = 200L << 20;
    java.util.concurrent.atomic.AtomicLong written = new java.util.concurrent.atomic.AtomicLong();
    rig.upstream(
        new ScriptedUpstream(
            (line, head) -> {
              line.write("HTTP/1.1 200 OK\r\nContent-Length: " + size + "\r\n\r\n");
              byte[] block = new byte[1 << 16];
              for (long left = size; left > 0; left -= block.length) {
                line.write(block);
                written.addAndGet(block.length);
              }
            }));
    RawClient client = rig.client().get("/big");
    client.head();
    await()
        .during(Duration.ofMillis(500))
        .atMost(Duration.ofSeconds(20))
        .until(rig.unchanged(written::get));
    assertThat(written.get()).isLessThan(40L << 20);
    byte[] block = new byte[1 << 16];
    long read = 0;
    while (read < size) {
      int n = client.in().read(block);
      assertThat(n).isPositive();
      read += n;
    }
    assertThat(read).isEqualTo(size);
  }
}
