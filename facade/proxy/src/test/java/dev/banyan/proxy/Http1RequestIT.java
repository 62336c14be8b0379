package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banyan.proxy.outgoing.Http1Pool;
import dev.banyan.proxy.outgoing.Outgoing;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Answers that are wanted later than they come, and places that nobody wants any more. */
final class Http1RequestIT {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final String TWO_CHUNKS =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n1\r\nb\r\n0\r\n\r\n";

  private final Vertx vertx = Vertx.vertx();
  private final Context loop = vertx.getOrCreateContext();

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private void onLoop(Runnable task) throws Exception {
    CompletableFuture<Void> done = new CompletableFuture<>();
    loop.runOnContext(
        v -> {
          task.run();
          done.complete(null);
        });
    done.get(10, TimeUnit.SECONDS);
  }

  /** With one connection at a time. */
  private Http1Pool pool(ScriptedUpstream upstream) throws Exception {
    Http1Pool.Target target =
        new Http1Pool.Target("127.0.0.1", upstream.port(), "127.0.0.1:" + upstream.port());
    long minute = TimeUnit.MINUTES.toNanos(1);
    Http1Pool.Limits limits = new Http1Pool.Limits(1, 20_000, 10_000, minute, 16_384, 65_536);
    List<Http1Pool> made = new ArrayList<>();
    onLoop(
        () ->
            made.add(
                new Http1Pool(
                    vertx,
                    vertx.createNetClient(),
                    target,
                    limits,
                    () -> System.nanoTime() + minute)));
    return made.getFirst();
  }

  private void ask(Http1Pool pool, KeptAnswer asker) throws Exception {
    onLoop(() -> pool.request("GET", "/", asker));
  }

  /** Reads the first part, and the rest when it is told to. */
  private static KeptAnswer pausing() {
    AtomicBoolean paused = new AtomicBoolean();
    return new KeptAnswer(
        Outgoing::end,
        request -> {
          if (!paused.getAndSet(true)) {
            request.pause();
          }
        });
  }

  private static String body(KeptAnswer asker) throws Exception {
    return asker.body().get(10, TimeUnit.SECONDS);
  }

  @Test
  void whoPausesAtTheLastPartKeepsNobodyWaitingWhoComesNext() throws Exception {
    try (ScriptedUpstream upstream = ScriptedUpstream.answering(OK)) {
      Http1Pool pool = pool(upstream);
      KeptAnswer slow = pausing();
      ask(pool, slow);
      assertThat(body(slow)).isEqualTo("ok");

      KeptAnswer next = new KeptAnswer();
      ask(pool, next);
      assertThat(body(next)).isEqualTo("ok");
      assertThat(upstream.connections()).isEqualTo(1);
    }
  }

  @Test
  void whoIsLateForTheRestDoesNotSpeakForWhoHasTheConnectionNow() throws Exception {
    try (ScriptedUpstream upstream =
        new ScriptedUpstream((line, head) -> line.write(head.contains("/2") ? TWO_CHUNKS : OK))) {
      Http1Pool pool = pool(upstream);
      KeptAnswer before = pausing();
      ask(pool, before);
      assertThat(body(before)).isEqualTo("ok");
      KeptAnswer now = pausing();
      onLoop(() -> pool.request("GET", "/2", now));
      await().until(() -> now.read().equals("a"));

      onLoop(before.request()::resume);
      TimeUnit.MILLISECONDS.sleep(100);
      assertThat(now.read()).isEqualTo("a");
      onLoop(now.request()::resume);
      assertThat(body(now)).isEqualTo("ab");
    }
  }

  @Test
  void whatHasComeIsHadAlsoWhenTheConnectionEndsBeforeItIsWanted() throws Exception {
    CompletableFuture<Void> read = new CompletableFuture<>();
    try (ScriptedUpstream upstream =
        new ScriptedUpstream(
            (line, head) -> {
              line.write(TWO_CHUNKS);
              read.join();
              line.close();
            })) {
      KeptAnswer slow = pausing();
      ask(pool(upstream), slow);
      await().until(() -> slow.read().equals("a"));
      read.complete(null);
      TimeUnit.MILLISECONDS.sleep(100);
      assertThat(slow.body()).isNotDone();

      onLoop(slow.request()::resume);
      assertThat(body(slow)).isEqualTo("ab");
    }
  }

  @Test
  void aConnectionToWhichAnythingComesWhileItRestsTakesNoRequest() throws Exception {
    CompletableFuture<Void> later = new CompletableFuture<>();
    try (ScriptedUpstream upstream =
        new ScriptedUpstream(
            (line, head) -> {
              line.write(OK);
              if (!later.isDone()) {
                later.join();
                line.write("HTTP/1.1 200 OK\r\n"); // a whole line, which leaves no byte undecoded
                line.untilLeft();
              }
            })) {
      Http1Pool pool = pool(upstream);
      KeptAnswer first = new KeptAnswer();
      ask(pool, first);
      assertThat(body(first)).isEqualTo("ok");
      later.complete(null);
      await().until(() -> upstream.ended() == 1);

      KeptAnswer second = new KeptAnswer();
      ask(pool, second);
      assertThat(body(second)).isEqualTo("ok");
      assertThat(upstream.connections()).isEqualTo(2);
    }
  }

  @Test
  void whoGetsTheRoomOfATunnelIsAnsweredOnTheLoopOfThePool() throws Exception {
    CompletableFuture<Void> end = new CompletableFuture<>();
    try (ScriptedUpstream upstream =
        new ScriptedUpstream(
            (line, head) -> {
              if (head.contains("Upgrade: chat")) {
                line.write(
                    "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: chat\r\n\r\n");
                end.join();
                line.close();
              } else {
                line.write(OK);
              }
            })) {
      Http1Pool pool = pool(upstream);
      Set<Thread> loops = ConcurrentHashMap.newKeySet();
      onLoop(() -> loops.add(Thread.currentThread()));
      KeptAnswer tunnel = new KeptAnswer(request -> request.upgrade("chat"), part -> {});
      ask(pool, tunnel);
      await().until(() -> tunnel.status() == 101);
      onLoop(tunnel.request()::tunnel);
      List<KeptAnswer> waiting = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        waiting.add(new KeptAnswer(Outgoing::end, part -> loops.add(Thread.currentThread())));
      }
      onLoop(() -> waiting.forEach(one -> pool.request("GET", "/", one)));
      end.complete(null);

      for (KeptAnswer one : waiting) {
        assertThat(body(one)).isEqualTo("ok");
      }
      assertThat(loops).hasSize(1);
    }
  }

  @Test
  void tenThousandPlacesThatNobodyWantsAreGivenOnOneByOne() throws Exception {
    CompletableFuture<Void> goOn = new CompletableFuture<>();
    try (ScriptedUpstream upstream =
        new ScriptedUpstream(
            (line, head) -> {
              goOn.join();
              line.write(OK);
            })) {
      Http1Pool pool = pool(upstream);
      KeptAnswer first = new KeptAnswer();
      ask(pool, first);
      await().until(() -> upstream.heads().size() == 1);
      KeptAnswer last = new KeptAnswer();
      onLoop(
          () -> {
            for (int i = 0; i < 10_000; i++) {
              pool.request("GET", "/", new KeptAnswer(Outgoing::giveBack, part -> {}));
            }
            pool.request("GET", "/", last);
          });
      goOn.complete(null);

      assertThat(body(last)).isEqualTo("ok");
      assertThat(body(first)).isEqualTo("ok");
      assertThat(upstream.heads()).hasSize(2);
    }
  }

  /** A value that fails where it is to be written, as where there is no memory for it. */
  private static CharSequence unwritable() {
    return new CharSequence() {
      @Override
      public int length() {
        return 1;
      }

      @Override
      public char charAt(int at) {
        return 'x';
      }

      @Override
      public CharSequence subSequence(int from, int to) {
        return this;
      }

      @Override
      public String toString() {
        throw new OutOfMemoryError("as told");
      }
    };
  }

  @Test
  void whoseHeadCannotBeSentBeforeItsBodyHasLostItAndIsNotAskedToSendTheRestToAnother()
      throws Exception {
    try (ScriptedUpstream upstream = ScriptedUpstream.answering(OK)) {
      Http1Pool pool = pool(upstream);
      KeptAnswer uploading =
          new KeptAnswer(
              request -> {
                request.headers().add("X-Kept", unwritable());
                request.sendHead();
              },
              part -> {});
      ask(pool, uploading);
      await().until(uploading.body()::isCompletedExceptionally);
      assertThat(uploading.isLost()).isTrue();
      assertThat(upstream.heads()).isEmpty();
    }
  }
}
