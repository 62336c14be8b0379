package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banyan.proxy.outgoing.Asked;
import dev.banyan.proxy.outgoing.Http1Pool;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long connections for copies stay, and who waits for one. */
final class Http1PoolIT {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

  private final Vertx vertx = Vertx.vertx();
  private final Context loop = vertx.getOrCreateContext();

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private <T> T onLoop(Supplier<T> task) throws Exception {
    CompletableFuture<T> done = new CompletableFuture<>();
    loop.runOnContext(v -> done.complete(task.get()));
    return done.get(10, TimeUnit.SECONDS);
  }

  private Http1Pool pool(ScriptedUpstream upstream, int connections, Duration idle, Duration wait)
      throws Exception {
    Http1Pool.Target target =
        new Http1Pool.Target("127.0.0.1", upstream.port(), "127.0.0.1:" + upstream.port());
    Http1Pool.Limits limits =
        new Http1Pool.Limits(connections, 2, wait.toMillis(), idle.toNanos(), 16 * 1024, 64 * 1024);
    LongSupplier never = () -> System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    return onLoop(() -> new Http1Pool(vertx, vertx.createNetClient(), target, limits, never));
  }

  private SentCopy send(Http1Pool pool) throws Exception {
    SentCopy copy = new SentCopy();
    Asked sent = onLoop(() -> pool.send(copy));
    assertThat(sent).isNotNull();
    return copy;
  }

  private static int status(SentCopy copy) throws Exception {
    return copy.outcome().get(10, TimeUnit.SECONDS);
  }

  private static Throwable failure(SentCopy copy) {
    await().until(copy.outcome()::isCompletedExceptionally);
    return copy.outcome().exceptionNow();
  }

  @Test
  void aCopyWithoutHostNamesTheUrlsOwn() throws Exception {
    try (ScriptedUpstream upstream = ScriptedUpstream.answering(OK)) {
      Http1Pool pool = pool(upstream, 1, Duration.ofMinutes(1), Duration.ofSeconds(5));
      assertThat(status(send(pool))).isEqualTo(200);
      assertThat(upstream.lastHead())
          .isEqualTo(
              "GET / HTTP/1.1\r\nX-Kept: 1\r\nHost: 127.0.0.1:" + upstream.port() + "\r\n\r\n");
    }
  }

  @Test
  void aCopyThatCannotBeWrittenIsToldOnceAndItsConnectionMakesRoom() throws Exception {
    try (ScriptedUpstream upstream = ScriptedUpstream.answering(OK)) {
      Http1Pool pool = pool(upstream, 1, Duration.ofMinutes(1), Duration.ofSeconds(5));
      assertThat(status(send(pool))).isEqualTo(200);
      SentCopy unwritable = SentCopy.unwritable();
      SentCopy next = new SentCopy();
      onLoop(() -> List.of(pool.send(unwritable), pool.send(next)));

      assertThat(failure(unwritable)).isInstanceOf(ClosedChannelException.class);
      assertThat(status(next)).isEqualTo(200);
      assertThat(upstream.heads()).hasSize(2);
      assertThat(upstream.connections()).isEqualTo(2);
    }
  }

  @Test
  void aConnectionThatRestedForLongIsNotUsedAndEndsAtTheNextSweep() throws Exception {
    try (ScriptedUpstream upstream = ScriptedUpstream.answering(OK)) {
      Http1Pool pool = pool(upstream, 8, Duration.ofMillis(50), Duration.ofSeconds(5));
      assertThat(status(send(pool))).isEqualTo(200);
      TimeUnit.MILLISECONDS.sleep(60);
      assertThat(status(send(pool))).isEqualTo(200);
      assertThat(upstream.connections()).isEqualTo(2);
      await().until(() -> upstream.ended() == 1);

      TimeUnit.MILLISECONDS.sleep(60);
      onLoop(
          () -> {
            pool.sweep();
            return true;
          });
      await().until(() -> upstream.ended() == 2);
    }
  }

  @Test
  void whoWaitsForAConnectionWaitsSoLongAndNoMoreThanSoManyDo() throws Exception {
    try (ScriptedUpstream upstream = new ScriptedUpstream((line, head) -> line.untilLeft())) {
      Http1Pool pool = pool(upstream, 1, Duration.ofMinutes(1), Duration.ofSeconds(2));
      SentCopy first = send(pool);
      await().until(() -> upstream.heads().size() == 1);
      SentCopy second = new SentCopy();
      SentCopy third = new SentCopy();
      SentCopy fourth = new SentCopy();
      onLoop(() -> List.of(pool.send(second), pool.send(third), pool.send(fourth)));

      assertThat(failure(fourth)).isInstanceOf(ConnectionPoolTooBusyException.class);
      assertThat(failure(second)).isInstanceOf(TimeoutException.class);
      assertThat(failure(third)).isInstanceOf(TimeoutException.class);
      assertThat(first.outcome()).isNotDone();
    }
  }

  @Test
  void whoIsCutWhileItWaitsIsNotSentAndWhoIsCutOnItsConnectionMakesRoom() throws Exception {
    try (ScriptedUpstream upstream =
        new ScriptedUpstream(
            (line, head) -> {
              line.untilLeft();
            })) {
      Http1Pool pool = pool(upstream, 1, Duration.ofMinutes(1), Duration.ofSeconds(30));
      SentCopy first = new SentCopy();
      Asked under = onLoop(() -> pool.send(first));
      await().until(() -> upstream.heads().size() == 1);
      SentCopy second = new SentCopy();
      Asked waits = onLoop(() -> pool.send(second));
      SentCopy third = send(pool);
      onLoop(
          () -> {
            waits.cut();
            under.cut();
            return true;
          });

      await().until(() -> upstream.connections() == 2 && upstream.heads().size() == 2);
      await().until(() -> upstream.ended() == 1);
      assertThat(first.outcome()).isNotDone();
      assertThat(second.outcome()).isNotDone();
      assertThat(third.outcome()).isNotDone();
    }
  }
}
