package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banyan.parity.Body;
import dev.banyan.parity.Observation;
import dev.banyan.proxy.ScriptedUpstream.Script;
import dev.banyan.rules.Upstream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies on the wire to a candidate of HTTP/1.1: how they are framed, answered and lost. */
final class CopiesIT {
  private static final String LIVE = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nold";
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final int CAP = 1 << 20;

  private final Rig rig = new Rig();
  private final List<String> toLegacy = new CopyOnWriteArrayList<>();
  private final List<String> toCandidate = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    rig.close();
  }

  private ScriptedUpstream candidate(Script script) {
    return candidate(script, Duration.ofSeconds(5), 8);
  }

  private ScriptedUpstream candidate(Script script, Duration timeout, int connections) {
    ScriptedUpstream control =
        rig.beside(
            new ScriptedUpstream(
                (line, head) -> {
                  toLegacy.add(line.body(head));
                  line.write(
                      head.startsWith("HEAD ") ? LIVE.substring(0, LIVE.length() - 3) : LIVE);
                }));
    ScriptedUpstream candidate = new ScriptedUpstream(script);
    Upstream upstream = candidate.upstream(Duration.ofSeconds(10), connections);
    return rig.serving(
        candidate,
        Decisions.shadowed(control.upstream(), upstream, Decisions.policy(timeout, CAP)));
  }

  private Observation seen(int copies) {
    await().until(() -> rig.kept().shadowed().size() == copies);
    await().until(() -> rig.facade().shadowsInFlight() == 0 && rig.facade().shadowBytes() == 0);
    return ((ShadowedExchange.Pair) rig.kept().shadowed().getLast()).candidate();
  }

  private Observation.Answered answered(int copies) {
    return (Observation.Answered) seen(copies);
  }

  private static String text(Body body) {
    return new String(((Body.Whole) body).bytes(), StandardCharsets.ISO_8859_1);
  }

  /** What is in the chunks. */
  private static String chunks(String body) {
    StringBuilder whole = new StringBuilder();
    int at = 0;
    for (int size = -1; size != 0; ) {
      int line = body.indexOf("\r\n", at);
      size = Integer.parseInt(body.substring(at, line), 16);
      whole.append(body, line + 2, line + 2 + size);
      at = line + 2 + size + 2;
    }
    return whole.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a length|HTTP/1.1 200 OK~Content-Length: 2~~ok|200|ok|true",
        "chunks|HTTP/1.1 200 OK~Transfer-Encoding: chunked~~1~o~1~k~0~~|200|ok|true",
        "none|HTTP/1.1 204 No Content~~|204|''|true",
        "an empty reason|HTTP/1.1 404 ~Content-Length: 0~~|404|''|true",
        "hints first|HTTP/1.1 103 Early Hints~Link: a~~HTTP/1.1 200 OK~Content-Length: 2~~ok|200|ok|true",
        "an interim one first|HTTP/1.1 102 Processing~~HTTP/1.1 200 OK~Content-Length: 2~~ok|200|ok|true",
        "1.0 kept|HTTP/1.0 200 OK~Connection: keep-alive~Content-Length: 2~~ok|200|ok|true",
        "1.0|HTTP/1.0 200 OK~Content-Length: 2~~ok|200|ok|false",
        "a last one|HTTP/1.1 200 OK~Connection: close~Content-Length: 2~~ok|200|ok|false",
        "not kept|HTTP/1.1 200 OK~Keep-Alive: timeout=0~Content-Length: 2~~ok|200|ok|false",
        "a byte too many|HTTP/1.1 200 OK~Content-Length: 2~~ok!|200|ok|false",
        "two for one|HTTP/1.1 200 OK~Content-Length: 0~~HTTP/1.1 200 OK~Content-Length: 0~~|200|''|false",
      })
  void anAnswerIsReadAsItIsFramedAndOnlyACleanConnectionIsKept(
      String name, String answer, int status, String body, boolean kept) {
    ScriptedUpstream candidate = candidate((line, head) -> line.write(answer.replace("~", "\r\n")));
    rig.client().get("/");
    assertThat(answered(1).status()).as(name).isEqualTo(status);
    rig.client().get("/");

    Observation.Answered second = answered(2);
    assertThat(second.status()).isEqualTo(status);
    assertThat(text(second.body())).isEqualTo(body);
    assertThat(candidate.connections()).isEqualTo(kept ? 1 : 2);
  }

  @Test
  void anAnswerToHeadHasNoBodyWhateverItsLengthSays() {
    ScriptedUpstream candidate =
        candidate((line, head) -> line.write("HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n"));
    for (int i = 1; i <= 2; i++) {
      assertThat(rig.client().send("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n").readUntil("\r\n\r\n"))
          .contains(" 200 ");
      assertThat(answered(i).headers().first("Content-Length")).contains("2000");
    }
    assertThat(candidate.connections()).isEqualTo(1);
  }

  @Test
  void aBodyUpToTheCloseIsWholeAndTrailersAreSeen() {
    candidate(
        (line, head) -> {
          if (head.startsWith("GET /chunks ")) {
            line.write(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX-Sum: 1\r\n\r\n");
          } else {
            line.write("HTTP/1.1 200 OK\r\n\r\nall of it");
            line.close();
          }
        });
    rig.client().get("/chunks");
    assertThat(answered(1).trailers().first("X-Sum")).contains("1");
    rig.client().get("/");
    assertThat(text(answered(2).body())).isEqualTo("all of it");
  }

  @Test
  void anAnswerThatSwitchesProtocolsIsNone() {
    candidate((line, head) -> line.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n"));
    rig.client().get("/");
    assertThat(((Observation.Failed) seen(1)).failure()).isEqualTo("bad-answer");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5000, 20_000})
  void aBodyIsFramedAsLegacyGotIt(int length) {
    ScriptedUpstream candidate =
        candidate(
            (line, head) -> {
              toCandidate.add(line.body(head));
              line.write(OK);
            });
    // A GET, as copies of other methods want a policy of their own
    String body = "x".repeat(length);
    String get = "GET / HTTP/1.1\r\nHost: h\r\n";
    rig.client().send(get + "Content-Length: " + length + "\r\n\r\n" + body).answer();
    answered(1);
    rig.client()
        .send(
            get
                + "Transfer-Encoding: chunked\r\n\r\n"
                + Integer.toHexString(length)
                + "\r\n"
                + body
                + "\r\n0\r\n\r\n")
        .answer();
    answered(2);
    rig.client().send(get + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n").answer();
    answered(3);

    assertThat(candidate.heads().getFirst()).contains("\r\nContent-Length: " + length + "\r\n");
    assertThat(candidate.heads().getFirst()).doesNotContainIgnoringCase("transfer-encoding");
    assertThat(candidate.heads().get(1))
        .containsIgnoringCase("\r\nTransfer-Encoding: chunked\r\n")
        .doesNotContainIgnoringCase("content-length");
    assertThat(toCandidate).last().isEqualTo(toLegacy.getLast()).isEqualTo("0\r\n\r\n");
    // Not compared by AssertJ, which would print all of it
    assertThat(toCandidate.getFirst().equals(body)).isTrue();
    assertThat(chunks(toCandidate.get(1)).equals(body)).isTrue();
    assertThat(candidate.connections()).isEqualTo(1);
  }

  @Test
  void bytesOfFieldsPassAsTheyCame() {
    ScriptedUpstream candidate = candidate((line, head) -> line.write(OK));
    String utf8 =
        new String("Zürich".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    rig.client().get("/a%20b?q=%C3%BC", "X-Town: " + utf8);
    answered(1);
    assertThat(candidate.lastHead())
        .startsWith("GET /a%20b?q=%C3%BC HTTP/1.1\r\n")
        .contains("\r\nX-Town: " + utf8 + "\r\n");
  }

  @Test
  void moreCopiesThanConnectionsWaitForOne() {
    ScriptedUpstream candidate =
        candidate(
            (line, head) -> {
              rig.awaitOnce();
              line.write(OK);
            },
            Duration.ofSeconds(10),
            1);
    for (int i = 0; i < 5; i++) {
      rig.client().get("/" + i).answer();
    }
    await().until(() -> rig.facade().shadowsInFlight() == 5);
    rig.release();
    answered(5);
    assertThat(rig.kept().shadowed())
        .allSatisfy(
            copy ->
                assertThat(((ShadowedExchange.Pair) copy).candidate())
                    .isInstanceOf(Observation.Answered.class));
    assertThat(candidate.heads())
        .extracting(head -> head.substring(0, 6))
        .containsExactly("GET /0", "GET /1", "GET /2", "GET /3", "GET /4");
    assertThat(candidate.connections()).isEqualTo(1);
  }

  @Test
  void aCopyThatAKeptConnectionLosesIsSentOnceMore() {
    ScriptedUpstream candidate =
        candidate(
            (line, head) -> {
              if (head.startsWith("GET /second ") && rig.once()) {
                line.close();
              } else {
                line.write(OK);
              }
            });
    rig.client().get("/first");
    answered(1);
    rig.client().get("/second");
    assertThat(text(answered(2).body())).isEqualTo("ok");
    assertThat(candidate.heads()).hasSize(3);
    assertThat(candidate.connections()).isEqualTo(2);
  }

  @Test
  void aConnectionThatTheCandidateClosesWhileItRestsIsNotUsed() throws Exception {
    candidate(
        (line, head) -> {
          line.body(head);
          line.write(OK);
          line.close();
        });
    for (int i = 1; i <= 3; i++) {
      // With a body it is not sent again: on a connection that is closed it would be lost.
      rig.client().send("GET / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\nx").answer();
      assertThat(text(answered(i).body())).isEqualTo("ok");
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  @Test
  void nobodyThereIsAFailureOfTheCandidate() {
    candidate((line, head) -> line.write(OK)).close();
    rig.client().get("/");
    assertThat(((Observation.Failed) seen(1)).failure()).isEqualTo("connect-refused");
  }
}
