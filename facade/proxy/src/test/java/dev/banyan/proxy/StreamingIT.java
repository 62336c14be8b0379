package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When things go out: nothing waits for a whole, and nobody is sent more than it takes. */
final class StreamingIT {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private static final String EVENTS =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";

  private final Rig rig = new Rig();

  @AfterEach
  void close() {
    rig.close();
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

  @Test
  void earlyHintsGoOnAndOtherInterimAnswersDoNot() {
    rig.upstream(
        ScriptedUpstream.answering(
            "HTTP/1.1 102 Processing\r\n\r\n"
                + "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\nConnection: X\r\nX: 1\r\n\r\n"
                + OK));
    RawClient client = rig.client().get("/");
    RawClient.Answer hints = client.head();
    assertThat(hints.statusLine()).startsWith("HTTP/1.1 103");
    assertThat(hints.head().toLowerCase(Locale.ROOT))
        .contains("link: </a.css>")
        .doesNotContain("x: 1");
    assertThat(client.answer().body()).isEqualTo("ok");
  }

  @Test
  void aFloodOfInterimAnswersIsABadUpstream() {
    rig.upstream(ScriptedUpstream.answering("HTTP/1.1 102 Processing\r\n\r\n".repeat(1200) + OK));
    assertThat(rig.client().get("/").answer().statusLine()).contains(" 502 ");
  }

  @Test
  void eventsArriveOneByOneAsTheyAreSent() {
    rig.upstream(
        new ScriptedUpstream(
            (line, head) -> {
              line.write(EVENTS + "9\r\ndata: 1\n\n\r\n");
              rig.awaitOnce();
              line.write("9\r\ndata: 2\n\n\r\n0\r\n\r\n");
            }));
    RawClient client = rig.client().get("/events");
    client.readUntil("data: 1\n\n");
    rig.release();
    client.readUntil("data: 2\n\n");
  }
}
