package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banyan.rules.BreakerPolicy;
import dev.banyan.rules.Share;
import dev.banyan.rules.Upstream;
import dev.banyan.rules.UpstreamPolicies;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An upstream that is killed, frozen and started again while it is asked. */
final class DyingUpstreamIT {
  private static final int CLIENTS = 8;
  private static final int ROUNDS = 3;

  private final Rig rig = new Rig();
  private final AtomicBoolean ended = new AtomicBoolean();
  private final AtomicBoolean faulty = new AtomicBoolean();
  private final AtomicInteger whole = new AtomicInteger();
  private final Map<String, Integer> failures = new ConcurrentHashMap<>();
  private final List<String> strange = java.util.Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void close() {
    rig.close();
  }

  /** Keeps its connection: a facade that cut it would throw here and fail the test. */
  private void ask(RawClient client) {
    while (!ended.get()) {
      boolean faultyBefore = faulty.get();
      RawClient.Answer answer = client.get("/").answer();
      if (answer.body().equals("ok")) {
        whole.incrementAndGet();
      } else if (!answer.has("Content-Type: application/problem+json")
          || !(faultyBefore || faulty.get())) {
        strange.add(answer.head() + answer.body());
      } else {
        String body = answer.body();
        int at = body.indexOf("\"failure\":\"") + 11;
        failures.merge(body.substring(at, body.indexOf('"', at)), 1, Integer::sum);
      }
    }
  }

  @Test
  void itsEndCostsWhatIsInFlightAndItsReturnNeedsNobody() throws Exception {
    try (KilledServer server = new KilledServer();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Upstream upstream =
          new Upstream(
                  "dying",
                  List.of(URI.create("http://127.0.0.1:" + server.port())),
                  Upstream.Protocol.HTTP1,
                  Duration.ofMillis(500),
                  Duration.ofMillis(500),
                  64)
              .with(
                  UpstreamPolicies.DEFAULT.with(
                      new BreakerPolicy(new Share(5000), 100, Duration.ofMillis(200))));
      rig.deciding((head, ticket) -> Decisions.serve(upstream));
      List<Future<?>> asking = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        RawClient client = rig.client();
        asking.add(threads.submit(() -> ask(client)));
      }
      try {
        for (int round = 0; round < ROUNDS; round++) {
          goesOnServing();
          faulty.set(true);
          server.kill();
          failsFor(100);
          server.restart();
          goesOnServing();
          server.freeze();
          failsFor(CLIENTS);
          server.thaw();
          goesOnServing();
          faulty.set(false);
        }
        goesOnServing();
      } finally {
        ended.set(true);
      }
      for (Future<?> one : asking) {
        one.get();
      }
    }
    assertThat(strange).isEmpty();
    assertThat(failures.keySet())
        .isSubsetOf(
            "connect-refused",
            "reset-before-answer",
            "answer-timeout",
            "breaker-open",
            "connect-timeout",
            "pool-full")
        .contains("answer-timeout");
  }

  private void failsFor(int more) {
    int before = failed();
    await().atMost(Duration.ofSeconds(10)).until(() -> failed() >= before + more);
  }

  private int failed() {
    return failures.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Until every client has been answered by the upstream for a while again. */
  private void goesOnServing() {
    int before = whole.get();
    await().atMost(Duration.ofSeconds(10)).until(() -> whole.get() >= before + 500);
    // What still ended badly was under way before: two times all clients without a failure.
    await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () -> {
              int failedBefore = failed();
              int wholeBefore = whole.get();
              await().until(() -> whole.get() >= wholeBefore + 20 * CLIENTS);
              return failed() == failedBefore;
            });
  }
}
