package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banyan.rules.RequestBody;
import dev.banyan.rules.UpstreamPolicies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An upstream that cannot read chunks gets a body with its length. */
final class BufferedBodyIT {
  private static final int CAP = 1 << 20;

  private final Rig rig = new Rig();

  @AfterEach
  void close() {
    rig.close();
  }

  /** Answers with the length that the head told and whether the bytes were all x. */
  private ScriptedUpstream reading() {
    ScriptedUpstream upstream =
        new ScriptedUpstream(
            (line, head) -> {
              String body = line.body(head);
              String told = body.length() + " " + body.chars().allMatch(c -> c == 'x');
              line.write("HTTP/1.1 200 OK\r\nContent-Length: " + told.length() + "\r\n\r\n" + told);
            });
    return rig.serving(
        upstream,
        Decisions.serve(
            upstream
                .upstream()
                .with(UpstreamPolicies.DEFAULT.with(new RequestBody.Buffered(CAP)))));
  }

  private static String chunked(int chunks, int size) {
    String chunk = Integer.toHexString(size) + "\r\n" + "x".repeat(size) + "\r\n";
    return "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
        + chunk.repeat(chunks)
        + "0\r\n\r\n";
  }

  @Test
  void aSmallChunkedBodyArrivesWithItsLength() {
    ScriptedUpstream upstream = reading();
    assertThat(rig.client().send(chunked(3, 10)).answer().body()).isEqualTo("30 true");
    assertThat(upstream.lastHead())
        .contains("Content-Length: 30\r\n")
        .doesNotContainIgnoringCase("transfer-encoding");
  }

  @Test
  void aLargeOneGoesThroughAFileThatIsGoneAtOnce() throws IOException {
    reading();
    RawClient client = rig.client();
    for (int i = 0; i < 3; i++) {
      assertThat(client.send(chunked(50, 20_000)).answer().body()).isEqualTo("1000000 true");
    }
    assertThat(spilled()).isZero();
  }

  @Test
  void aClientThatLeavesLeavesNothingBehind() throws IOException {
    ScriptedUpstream upstream = reading();
    RawClient client = rig.client();
    client.send(chunked(20, 20_000).replace("0\r\n\r\n", "5\r\nxx"));
    client.vanish();
    await().until(() -> rig.kept().served().size() == 1);
    assertThat(rig.kept().firstFailure()).isEqualTo("client-left");
    assertThat(upstream.heads()).isEmpty();
    await().until(() -> spilled() == 0);
  }

  private static long spilled() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files.filter(f -> f.getFileName().toString().endsWith(".body")).count();
    }
  }

  @Test
  void whatIsOverTheCapIsRefusedWhetherAnnouncedOrNot() {
    ScriptedUpstream upstream = reading();
    assertThat(
            rig.client()
                .send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2000000\r\n\r\n")
                .answer()
                .statusLine())
        .startsWith("HTTP/1.1 413");
    RawClient.Answer late =
        rig.client().send(chunked(60, 20_000).replace("0\r\n\r\n", "")).answer();
    assertThat(late.statusLine()).startsWith("HTTP/1.1 413");
    assertThat(late.body()).contains("\"failure\":\"body-too-large\"");
    assertThat(upstream.heads()).isEmpty();
  }

  @Test
  void whoExpectsAContinueGetsItFromTheFacade() {
    ScriptedUpstream upstream = reading();
    RawClient client =
        rig.client()
            .send("PUT / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    assertThat(client.head().statusLine()).isEqualTo("HTTP/1.1 100 Continue");
    assertThat(client.send("xx").answer().body()).isEqualTo("2 true");
    assertThat(upstream.lastHead().toLowerCase(Locale.ROOT)).doesNotContain("expect:");
  }

  @Test
  void aMethodThatMayHaveABodyIsToldThatItHasNone() {
    ScriptedUpstream upstream = reading();
    RawClient client = rig.client();
    for (String method : new String[] {"DELETE", "POST", "PUT", "PATCH"}) {
      client.send(method + " / HTTP/1.1\r\nHost: h\r\n\r\n").answer();
      assertThat(upstream.lastHead()).contains("\r\nContent-Length: 0\r\n");
    }
    client.get("/").answer();
    assertThat(upstream.lastHead()).doesNotContainIgnoringCase("content-length");
  }
}
