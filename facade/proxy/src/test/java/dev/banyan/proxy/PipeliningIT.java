package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests sent ahead are served in order, as many as there are, and cost no more than a few. */
final class PipeliningIT {
  private static final int MANY = 400;
  private static final long FLOOD = 64L << 20;
  private static final int CHUNK_REQUESTS = 512;

  private final Rig rig = new Rig();

  @BeforeEach
  void open() {
    rig.upstream(
        new ScriptedUpstream(
            (line, head) -> {
              if (head.startsWith("GET /slow ")) {
                rig.awaitOnce();
              }
              String body = line.body(head);
              String said = head.substring(head.indexOf('/'), head.indexOf(" HTTP")) + body;
              line.write("HTTP/1.1 200 OK\r\nContent-Length: " + said.length() + "\r\n\r\n" + said);
            }));
  }

  @AfterEach
  void close() {
    rig.release();
    rig.close();
  }

  @Test
  void allOfThemAreAnsweredInOrder() {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < MANY; i++) {
      if (i % 7 == 3) {
        all.append("POST /p")
            .append(i)
            .append(" HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\n\r\n\0\r\n");
      } else {
        all.append("GET /p").append(i).append(" HTTP/1.1\r\nHost: h\r\n\r\n");
      }
    }
    RawClient client = rig.client().send(all.toString());
    for (int i = 0; i < MANY; i++) {
      String body = i % 7 == 3 ? "\r\n\0\r\n" : "";
      assertThat(client.answer().body()).isEqualTo("/p" + i + body);
    }
    assertThat(client.get("/after").answer().body()).isEqualTo("/after");
  }

  @Test
  void aBodyLongerThanIsHeldIsCarriedWholeBehindManyRequests() {
    String large = "x".repeat(3 << 20);
    StringBuilder all = new StringBuilder("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n");
    for (int i = 0; i < 20; i++) {
      all.append("GET /q").append(i).append(" HTTP/1.1\r\nHost: h\r\n\r\n");
    }
    all.append("POST /large HTTP/1.1\r\nHost: h\r\nContent-Length: ").append(large.length());
    all.append("\r\n\r\n").append(large);
    for (int i = 0; i < 60; i++) {
      all.append("GET /r").append(i).append(" HTTP/1.1\r\nHost: h\r\n\r\n");
    }
    RawClient client = rig.client();
    Thread sender = Thread.ofVirtual().start(() -> client.send(all.toString()));
    await().until(() -> rig.facade().requestsInFlight() == 1);
    rig.release();
    assertThat(client.answer().body()).isEqualTo("/slow");
    for (int i = 0; i < 20; i++) {
      assertThat(client.answer().body()).isEqualTo("/q" + i);
    }
    assertThat(client.answer().body()).isEqualTo("/large" + large);
    for (int i = 0; i < 60; i++) {
      assertThat(client.answer().body()).isEqualTo("/r" + i);
    }
    await().until(() -> !sender.isAlive());
  }

  @Test
  void aFloodBehindOneSlowRequestStaysWithItsClientAndTheLoopServesTheOthers() throws Exception {
    RawClient flooding = rig.client().get("/slow");
    await().until(() -> rig.facade().requestsInFlight() == 1);
    AtomicLong sent = new AtomicLong();
    String chunk = "GET /f HTTP/1.1\r\nHost: h\r\n\r\n".repeat(CHUNK_REQUESTS);
    Thread flood =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  while (sent.get() < FLOOD) {
                    flooding.send(chunk);
                    sent.addAndGet(chunk.length());
                  }
                });
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(500))
        .until(rig.unchanged(sent::get));

    long begin = System.nanoTime();
    for (int i = 0; i < 20; i++) {
      assertThat(rig.client().get("/other").answer().body()).isEqualTo("/other");
    }
    assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin)).isLessThan(5_000);
    // What the kernel holds of two sockets, and no more.
    assertThat(sent.get()).isLessThan(FLOOD / 2);
    assertThat(flood.isAlive()).isTrue();

    rig.release();
    assertThat(flooding.answer().body()).isEqualTo("/slow");
    for (int i = 0; i < MANY; i++) {
      assertThat(flooding.answer().body()).isEqualTo("/f");
    }
    flooding.vanish();
    assertThat(rig.client().get("/other").answer().body()).isEqualTo("/other");
    await().until(() -> rig.facade().requestsInFlight() == 0);
  }
}
