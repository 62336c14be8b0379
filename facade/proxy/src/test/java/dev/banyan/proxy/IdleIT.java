package dev.banyan.proxy;

import static dev.banyan.proxy.FrameClient.END_HEADERS;
import static dev.banyan.proxy.FrameClient.END_STREAM;
import static dev.banyan.proxy.FrameClient.HEADERS;
import static dev.banyan.proxy.FrameClient.block;
import static dev.banyan.proxy.FrameClient.frame;
import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.proxy.edge.EdgeLimits;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The idle time-out is for clients who say nothing, not for upstreams that think. */
final class IdleIT {
  private static final Duration IDLE = Duration.ofMillis(500);
  private static final int PATIENCE = 15_000;
  private static final byte[] NONE = {};
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private final Rig rig = new Rig();

  @BeforeEach
  void open() {
    ScriptedUpstream upstream =
        rig.beside(
            new ScriptedUpstream(
                (line, head) -> {
                  if (head.startsWith("GET /stream")) {
                    line.write("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nfour");
                    LockSupport.parkNanos(4 * IDLE.toNanos());
                    line.write("more");
                    return;
                  }
                  LockSupport.parkNanos(4 * IDLE.toNanos());
                  line.write(OK);
                }));
    FacadeSettings settings =
        new FacadeSettings("127.0.0.1", 0, 1, IDLE, 1, 1, List.of(), EdgeLimits.STANDARD);
    rig.facade(settings, (head, ticket) -> Decisions.serve(upstream.upstream()));
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void anUpstreamMayThinkLongerThanAConnectionMayBeIdle() {
    RawClient client = rig.client().get("/");
    assertThat(client.answer().body()).isEqualTo("ok");
    // And once it is the client's turn again, the time-out holds.
    assertThat(client.rest()).isEmpty();
  }

  @Test
  void anAnswerMayPauseLongerThanAConnectionMayBeIdle() {
    assertThat(rig.client().get("/stream").answer().body()).isEqualTo("fourmore");
  }

  @Test
  void aStreamOfHttp2MayWaitAsLong() {
    try (FrameClient client = new FrameClient(rig.facade().port(), NONE)) {
      byte[] get = block(":method", "GET", ":scheme", "http", ":path", "/", ":authority", "h");
      client.send(frame(HEADERS, END_HEADERS | END_STREAM, 1, get)).read(PATIENCE, 1);
      assertThat(client.outcome(1)).isEqualTo("200");
      assertThat(client.readToEnd(PATIENCE).closed()).isTrue();
    }
  }

  @Test
  void whoSaysNothingIsCut() {
    assertThat(rig.client().send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nx").rest())
        .doesNotContain("200");
  }
}
