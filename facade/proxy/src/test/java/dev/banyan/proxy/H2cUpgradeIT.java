package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The upgrade from HTTP/1.1 to HTTP/2 is not to be had, however it is asked for. */
final class H2cUpgradeIT {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  /** Without a body of its own a request sent on with this length eats so much of the next one. */
  private static final String BODY =
      "GET /smuggled HTTP/1.1\r\nHost: smuggled\r\nX-Smuggled: 1\r\n\r\n";

  private final Rig rig = new Rig();

  @AfterEach
  void close() {
    rig.close();
  }

  /** Answers before it has read the body, and takes the body from what comes next. */
  private ScriptedUpstream early() {
    return rig.upstream(
        new ScriptedUpstream(
            (line, head) -> {
              line.write(OK);
              line.body(head);
            }));
  }

  private static String fields(String upgrades) {
    StringBuilder fields = new StringBuilder();
    for (String upgrade : upgrades.split("\\|", -1)) {
      fields.append("Upgrade: ").append(upgrade).append("\r\n");
    }
    return fields + "Connection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n";
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2c", "x|h2c", "h2c|x", "websocket|H2C", "websocket, h2c|h2c"})
  void aBodyBehindItStaysABody(String upgrades) {
    ScriptedUpstream upstream = early();
    RawClient first = rig.client();
    first.send(
        "POST /x HTTP/1.1\r\nHost: h.test\r\n"
            + fields(upgrades)
            + "Content-Length: "
            + BODY.length()
            + "\r\n\r\n"
            + BODY);
    assertThat(first.answer().statusLine()).isEqualTo("HTTP/1.1 200 OK");
    RawClient next = rig.client();
    assertThat(next.get("/next").answer().body()).isEqualTo("ok");
    await().until(() -> upstream.heads().size() == 2);
    assertThat(upstream.heads().getFirst())
        .startsWith("POST /x HTTP/1.1\r\n")
        .doesNotContainIgnoringCase("upgrade:", "http2-settings");
    assertThat(upstream.lastHead()).startsWith("GET /next HTTP/1.1\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"websocket, h2c", "h2c,websocket", "websocket|h2c"})
  void whoAsksForItBesideAnotherProtocolGetsNoTunnel(String upgrades) {
    ScriptedUpstream upstream = rig.upstream(ScriptedUpstream.answering(OK));
    RawClient client = rig.client();
    client.send("GET /x HTTP/1.1\r\nHost: h.test\r\n" + fields(upgrades) + "\r\n");
    assertThat(client.answer().statusLine()).isEqualTo("HTTP/1.1 200 OK");
    assertThat(upstream.lastHead()).doesNotContainIgnoringCase("upgrade:", "http2-settings");
  }
}
