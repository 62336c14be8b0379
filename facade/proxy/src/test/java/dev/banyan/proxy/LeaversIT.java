package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banyan.rules.Upstream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Clients that leave at the worst moment, far more of them than there are upstream connections:
 * after each wave everybody else is served, on every connection that there may be.
 */
final class LeaversIT {
  private static final int CLIENTS = 60;
  private static final int CONNECTIONS = 6;
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final String SLOW = "GET /slow HTTP/1.1\r\nHost: h\r\n\r\n";
  private static final String BIG = "GET /big HTTP/1.1\r\nHost: h\r\n\r\n";
  private static final String HALF = "GET /half HTTP/1.1\r\nHost: h\r\n\r\n";
  private static final String UPLOAD =
      "POST /c HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\nhello";
  private static final String CHUNKED =
      "POST /c HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n";

  private static final Logger PIPELINES =
      Logger.getLogger("io.netty.channel.DefaultChannelPipeline");

  private final Rig rig = new Rig();
  private final List<String> unhandled = new CopyOnWriteArrayList<>();
  private final Handler listening =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          unhandled.add(record.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void open() {
    PIPELINES.addHandler(listening);
    ScriptedUpstream upstream =
        rig.beside(
            new ScriptedUpstream(
                (line, head) -> {
                  if (head.startsWith("GET /slow")) {
                    pause(300);
                    line.write(OK);
                  } else if (head.startsWith("GET /big")) {
                    line.write("HTTP/1.1 200 OK\r\nContent-Length: 20000000\r\n\r\n");
                    line.write(new byte[20_000_000]);
                  } else if (head.startsWith("GET /half")) {
                    line.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
                    pause(200);
                    line.close();
                  } else {
                    line.body(head);
                    line.write(OK);
                  }
                }));
    Upstream few = upstream.upstream(Duration.ofSeconds(10), CONNECTIONS);
    rig.deciding((head, ticket) -> Decisions.serve(few));
  }

  @AfterEach
  void close() {
    PIPELINES.removeHandler(listening);
    rig.close();
  }

  private static void pause(int millis) {
    java.util.concurrent.locks.LockSupport.parkNanos(millis * 1_000_000L);
  }

  private static Arguments wave(String what, String send, int millis, Consumer<RawClient> leave) {
    return Arguments.of(what, send, millis, leave);
  }

  static Stream<Arguments> waves() {
    return Stream.of(
        wave("goodbye right after the request", SLOW, 0, RawClient::close),
        wave("reset right after the request", SLOW, 0, RawClient::vanish),
        wave("reset while the upstream thinks", SLOW, 100, RawClient::vanish),
        wave("reset in the middle of an upload", UPLOAD, 100, RawClient::vanish),
        wave("reset before an upload has a connection", UPLOAD, 0, RawClient::vanish),
        wave("reset in the middle of a chunked upload", CHUNKED, 100, RawClient::vanish),
        wave("reset in the middle of a download", BIG, 100, RawClient::vanish),
        wave("reset after half a head", "GET /c HTTP/1.1\r\nHo", 50, RawClient::vanish),
        wave("connect and reset", "", 0, RawClient::vanish),
        wave("the upstream stops in the middle", HALF, 400, RawClient::close));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("waves")
  void afterAWaveOfLeaversEverybodyElseIsServed(
      String what, String send, int millis, Consumer<RawClient> leave) {
    for (int round = 0; round < 2; round++) {
      List<RawClient> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(said(send));
      }
      pause(millis);
      clients.forEach(leave);
    }
    await().atMost(Duration.ofSeconds(10)).until(() -> rig.facade().connections() == 0);
    // As many at a time as there are upstream connections: none of them may have been lost.
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(servedTogether()).as(what).isEqualTo(CONNECTIONS));
    assertThat(unhandled).as("a client that leaves is no news to the log").isEmpty();
  }

  private RawClient said(String bytes) {
    RawClient client = rig.client();
    try {
      return client.send(bytes);
    } catch (UncheckedIOException refused) {
      return client;
    }
  }

  private long servedTogether() {
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      clients.add(rig.client().send(SLOW));
    }
    long begin = System.nanoTime();
    long ok = clients.stream().filter(c -> c.answer().body().equals("ok")).count();
    clients.forEach(RawClient::close);
    // One after the other would take six times as long.
    return System.nanoTime() - begin < 1_200_000_000L ? ok : -1;
  }
}
