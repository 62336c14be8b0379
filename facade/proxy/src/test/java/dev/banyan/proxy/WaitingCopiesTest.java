package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WaitingCopiesTest {
  private static final int MOST = 2048;

  private final Vertx vertx = Vertx.vertx();
  private final Context live = ((VertxInternal) vertx).createEventLoopContext();
  private final Context beside = ((VertxInternal) vertx).createEventLoopContext();
  private final CompletableFuture<Void> released = new CompletableFuture<>();
  private final BlockingQueue<Integer> sentBeside = new LinkedBlockingQueue<>();
  private final BlockingQueue<Integer> sentLive = new LinkedBlockingQueue<>();
  private final WaitingCopies<Integer> copies = copies(sentBeside::add);

  @AfterEach
  void end() {
    released.complete(null);
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void copiesOfAMomentGoTogether() throws Exception {
    // Given a loop beside that counts its turns
    AtomicInteger turn = new AtomicInteger();
    Set<Integer> turns = ConcurrentHashMap.newKeySet();
    CompletableFuture<Void> last = new CompletableFuture<>();
    WaitingCopies<Integer> counted =
        copies(
            copy -> {
              turns.add(turn.get());
              if (copy == 3) {
                last.complete(null);
              }
            });
    beside.runOnContext(v -> countTurns(turn, last));

    // When copies come one after the other, within less than one look
    for (int i = 0; i <= 3; i++) {
      int copy = i;
      onLive(() -> counted.add(copy));
    }

    last.get(10, TimeUnit.SECONDS);
    assertThat(turns).hasSizeLessThan(4);
  }

  @Test
  void afterARestFewGoFirstAndThenAtMostTwiceAsManyEachTime() throws Exception {
    AtomicInteger turn = new AtomicInteger();
    Map<Integer, Integer> sentInTurn = new ConcurrentSkipListMap<>();
    CompletableFuture<Void> last = new CompletableFuture<>();
    WaitingCopies<Integer> counted =
        copies(
            copy -> {
              sentInTurn.merge(turn.get(), 1, Integer::sum);
              if (copy == 99) {
                last.complete(null);
              }
            });
    beside.runOnContext(v -> countTurns(turn, last));
    onLive(() -> IntStream.range(0, 100).forEach(counted::add));

    last.get(10, TimeUnit.SECONDS);
    int before = 2;
    for (int sent : sentInTurn.values()) {
      assertThat(sent).as("sent turn by turn: " + sentInTurn).isBetween(1, 2 * before);
      before = Math.max(2, sent);
    }
    assertThat(sentInTurn.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(100);
  }

  private void countTurns(AtomicInteger turn, CompletableFuture<Void> until) {
    turn.incrementAndGet();
    if (!until.isDone()) {
      beside.runOnContext(v -> countTurns(turn, until));
    }
  }

  @Test
  void theLoopBesideSleepsWhereNothingComesAndIsWokenByTheNext() throws Exception {
    for (int i = 0; i < 3; i++) {
      int copy = i;
      onLive(() -> copies.add(copy));
      assertThat(take(sentBeside, 1)).containsExactly(copy);
      // Longer than it goes on looking.
      Thread.sleep(150);
    }

    assertThat(sentLive).isEmpty();
  }

  @Test
  void copiesThatComeWhileItFallsAsleepAreSentAllTheSame() throws Exception {
    // Around the fiftieth millisecond it looks for the last time.
    for (int i = 0; i < 60; i++) {
      int copy = i;
      onLive(() -> copies.add(copy));
      assertThat(take(sentBeside, 1)).containsExactly(copy);
      Thread.sleep(40 + i / 3);
    }
  }

  @Test
  void whereTheLoopBesideDoesNotComeToThemTheLiveOneSendsThem() throws Exception {
    CompletableFuture<Void> works = new CompletableFuture<>();
    beside.runOnContext(
        v -> {
          works.complete(null);
          released.join();
        });
    works.get(10, TimeUnit.SECONDS);

    // Live answers go on, ten of them every 5 ms.
    for (int round = 0; round < 100; round++) {
      int first = 10 * round;
      onLive(
          () -> {
            IntStream.range(first, first + 10).forEach(copies::add);
            work(5);
          });
    }
    assertThat(take(sentLive, 1000)).isSorted();
    assertThat(sentBeside).isEmpty();
    released.complete(null);

    onLive(() -> copies.add(1000));
    assertThat(take(sentBeside, 1)).containsExactly(1000);
  }

  @Test
  void aPauseOfBothIsNoReasonForTheLiveLoopToSend() throws Exception {
    onLive(() -> IntStream.range(0, 40).forEach(copies::add));
    beside.runOnContext(v -> released.join());
    live.runOnContext(v -> released.join());
    Thread.sleep(50);
    released.complete(null);

    assertThat(take(sentBeside, 40)).isSorted();
    assertThat(sentLive).isEmpty();
  }

  @Test
  void bothMaySendAndNoCopyIsLostOrSentTwice() throws Exception {
    // A loop beside that works in fits, so that now and then the live one helps.
    Random random = new Random(7);
    beside.runOnContext(v -> inFits(random));
    int added = 0;
    for (int round = 0; round < 300; round++) {
      int first = added;
      CompletableFuture<Integer> taken = new CompletableFuture<>();
      onLive(
          () ->
              taken.complete(
                  (int) IntStream.range(first, first + 20).takeWhile(copies::add).count()));
      added += taken.get();
      Thread.sleep(2);
    }
    awaitSent(added);
    released.complete(null);

    assertThat(sentLive).as("sent by the live loop").isNotEmpty();
    assertThat(sentByEither())
        .containsExactlyElementsOf(IntStream.range(0, added).boxed().toList());
  }

  private void inFits(Random random) {
    work(random.nextInt(100));
    if (!released.isDone()) {
      vertx.setTimer(1 + random.nextInt(50), t -> inFits(random));
    }
  }

  @Test
  void noMoreWaitThanAreBounded() throws Exception {
    CompletableFuture<Integer> taken = new CompletableFuture<>();
    onLive(() -> taken.complete((int) IntStream.range(0, 2 * MOST).filter(copies::add).count()));

    // Some of them may have been sent meanwhile.
    assertThat(taken.get()).isBetween(MOST, MOST + 200);
    awaitSent(taken.get());
    assertThat(sentByEither()).hasSize(taken.get()).doesNotHaveDuplicates();
  }

  private void awaitSent(int count) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (sentBeside.size() + sentLive.size() < count && System.nanoTime() < until) {
      Thread.sleep(10);
    }
  }

  private List<Integer> sentByEither() {
    return Stream.concat(sentBeside.stream(), sentLive.stream()).sorted().toList();
  }

  private WaitingCopies<Integer> copies(Consumer<Integer> sending) {
    return new WaitingCopies<>(
        new WaitingCopies.Sending<>(beside, (copy, last) -> sent(copy, sending)),
        new WaitingCopies.Sending<>(live, (copy, last) -> sent(copy, sentLive::add)));
  }

  private static boolean sent(int copy, Consumer<Integer> sending) {
    sending.accept(copy);
    return true;
  }

  @Test
  void whatThereIsNoRoomForWaitsAWhileAndKeepsNoneOfTheOthers() throws Exception {
    // Given a candidate that has no room for odd ones, and one that has some for even ones
    BlockingQueue<Integer> givenUp = new LinkedBlockingQueue<>();
    AtomicInteger asked = new AtomicInteger();
    WaitingCopies<Integer> picky =
        new WaitingCopies<>(
            new WaitingCopies.Sending<>(
                beside,
                (copy, last) -> {
                  boolean even = copy % 2 == 0;
                  asked.incrementAndGet();
                  if (even || last) {
                    (even ? sentBeside : givenUp).add(copy);
                  }
                  return even || last;
                }),
            new WaitingCopies.Sending<>(live, (copy, last) -> false));
    long begin = System.nanoTime();
    onLive(() -> IntStream.range(0, 20).forEach(picky::add));

    assertThat(take(sentBeside, 10)).containsExactly(0, 2, 4, 6, 8, 10, 12, 14, 16, 18);
    assertThat(givenUp).isEmpty();
    assertThat(take(givenUp, 10)).containsExactlyInAnyOrder(1, 3, 5, 7, 9, 11, 13, 15, 17, 19);
    assertThat(System.nanoTime() - begin).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(100));
    // Ten of them, at one look a millisecond: asked again, but not in a circle.
    assertThat(asked.get()).isBetween(30, 4000);
  }

  @Test
  void oneThatCannotBeSentKeepsNoneOfTheOthers() throws Exception {
    WaitingCopies<Integer> broken =
        new WaitingCopies<>(
            new WaitingCopies.Sending<>(beside, (copy, last) -> odd(copy, sentBeside)),
            new WaitingCopies.Sending<>(live, (copy, last) -> odd(copy, sentLive)));
    for (int round = 1; round <= 3; round++) {
      int first = 10 * (round - 1);
      onLive(() -> IntStream.range(first, first + 10).forEach(broken::add));
      awaitSent(5 * round);
    }
    assertThat(sentByEither()).hasSize(15).allMatch(copy -> copy % 2 == 1);
  }

  private static boolean odd(int copy, BlockingQueue<Integer> sent) {
    if (copy % 2 == 0) {
      throw new IllegalStateException("meant by the test: copy " + copy);
    }
    return sent.add(copy);
  }

  private static void work(int millis) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  private static List<Integer> take(BlockingQueue<Integer> sent, int count)
      throws InterruptedException {
    List<Integer> taken = new CopyOnWriteArrayList<>();
    while (taken.size() < count) {
      Integer one = sent.poll(10, TimeUnit.SECONDS);
      assertThat(one).as("copy %d of %d", taken.size(), count).isNotNull();
      taken.add(one);
    }
    return taken;
  }

  private void onLive(Runnable task) throws Exception {
    CompletableFuture<Void> done = new CompletableFuture<>();
    live.runOnContext(
        v -> {
          task.run();
          done.complete(null);
        });
    done.get(10, TimeUnit.SECONDS);
  }
}
