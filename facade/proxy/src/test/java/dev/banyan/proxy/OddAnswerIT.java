package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Upstreams that answer what no client should have to read. */
final class OddAnswerIT {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private final Rig rig = new Rig();

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void manyInterimAnswersDoNotKeepTheFinalOneFromArriving() {
    rig.upstream(
        ScriptedUpstream.answering(
            "HTTP/1.1 102 Processing\r\n\r\n".repeat(50)
                + "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"
                + OK));
    RawClient client = rig.client();
    for (int i = 0; i < 3; i++) {
      assertThat(client.get("/").head().statusLine()).isEqualTo("HTTP/1.1 103 Early Hints");
      RawClient.Answer answer = client.answer();
      assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 200 OK");
      assertThat(answer.body()).isEqualTo("ok");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n",
        "HTTP/3.7 200 OK\r\nContent-Length: 0\r\n\r\n",
        "ICY/1.0 200 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 99999 X\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 abc X\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: xyz\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX-A: a\u0000b\r\nContent-Length: 0\r\n\r\n",
      })
  void whatCannotBeUnderstoodIsABadAnswer(String odd) {
    rig.upstream(
        new ScriptedUpstream(
            (line, head) -> {
              line.write(odd);
              line.untilLeft();
            }));
    RawClient.Answer answer = rig.client().get("/").answer();
    assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 502 Bad Gateway");
    assertThat(answer.body()).contains("\"failure\":\"bad-answer\"");
    assertThat(rig.kept().firstFailure()).isEqualTo("bad-answer");
  }

  @Test
  void aRequestThatANewConnectionLostIsNotSentTwice() {
    ScriptedUpstream upstream = rig.upstream(new ScriptedUpstream((line, head) -> line.reset()));
    assertThat(rig.client().get("/").answer().statusLine()).startsWith("HTTP/1.1 502");
    assertThat(upstream.heads()).hasSize(1);
  }

  @Test
  void aPostThatAKeptConnectionLostIsNotSentTwice() {
    ScriptedUpstream upstream =
        rig.upstream(
            new ScriptedUpstream(
                (line, head) -> {
                  if (head.startsWith("POST")) {
                    line.reset();
                  } else {
                    line.write(OK);
                  }
                }));
    RawClient client = rig.client();
    client.get("/").answer();
    client.send("POST / HTTP/1.1\r\nHost: shop.example\r\nContent-Length: 2\r\n\r\nhi");
    assertThat(client.answer().statusLine()).startsWith("HTTP/1.1 502");
    assertThat(upstream.heads()).hasSize(2);
  }

  @Test
  void bytesAfterAnAnswerNeverReachTheNextClient() {
    rig.upstream(
        new ScriptedUpstream(
            (line, head) -> {
              if (head.contains("/surplus")) {
                line.write(OK + "HTTP/1.1 200 OK\r\nX-Evil: 1\r\nContent-Length: 4\r\n\r\nEVIL");
              } else {
                line.write(OK);
              }
            }));
    RawClient client = rig.client();
    for (int i = 0; i < 20; i++) {
      assertThat(client.get("/surplus").answer().body()).isEqualTo("ok");
      assertThat(rig.client().get("/next").answer().body()).isEqualTo("ok");
    }
  }
}
