package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WaitingCopiesTest {
  private static final int MOST = 1024;

  private final Vertx vertx = Vertx.vertx();
  private final Context loop = vertx.getOrCreateContext();
  private final BlockingQueue<Integer> sent = new LinkedBlockingQueue<>();
  private final WaitingCopies<Integer> copies = new WaitingCopies<>(loop, sent::add);

  @AfterEach
  void end() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void aFewGoAtTheEndOfTheTurnInWhichTheirAnswersEnded() {
    // Again where the machine stood still in that very turn, which makes it a backlog.
    await()
        .untilAsserted(
            () ->
                assertThat(orderOf(2))
                    .containsExactly(
                        "the rest of this read", "another read", 0, 1, "a millisecond later"));
  }

  @Test
  void manyOfOneTurnGoTogetherSomewhatLater() {
    await()
        .untilAsserted(
            () ->
                assertThat(orderOf(8))
                    .containsExactly(
                        "the rest of this read",
                        "another read",
                        "a millisecond later",
                        0,
                        1,
                        2,
                        3,
                        4,
                        5,
                        6,
                        7));
  }

  /** What happens when so many live answers end in one turn of the loop. */
  private List<Object> orderOf(int many) throws Exception {
    List<Object> order = new CopyOnWriteArrayList<>();
    WaitingCopies<Integer> ordered = new WaitingCopies<>(loop, order::add);
    CompletableFuture<Void> last = new CompletableFuture<>();
    onLoop(
        v -> {
          vertx.setTimer(1, t -> order.add("a millisecond later"));
          IntStream.range(0, many).forEach(ordered::add);
          order.add("the rest of this read");
          // The next task of the loop: no timer comes in between, however slow the machine.
          loop.runOnContext(next -> order.add("another read"));
          vertx.setTimer(50, t -> last.complete(null));
        });

    last.get(10, TimeUnit.SECONDS);
    return order;
  }

  @Test
  void thoseThatAreGivenUpAreNotSent() throws Exception {
    CompletableFuture<List<Integer>> givenUp = new CompletableFuture<>();
    onLoop(
        v -> {
          IntStream.range(0, 100).forEach(copies::add);
          List<Integer> all = new ArrayList<>();
          copies.giveUp(all::add);
          vertx.setTimer(50, t -> givenUp.complete(all));
        });

    assertThat(givenUp.get(10, TimeUnit.SECONDS))
        .containsExactlyElementsOf(IntStream.range(0, 100).boxed().toList());
    assertThat(sent).isEmpty();
  }

  @Test
  void afterARestFewGoFirstAndThenAtMostTwiceAsManyEachTime() throws Exception {
    assertThatEachTurnSendsAtMostTwiceAsManyAsTheOneBefore(0);
  }

  @Test
  void theLiveSideComesInBetweenAlsoWhereSendingTakesLongerThanTheNextLookIsAway()
      throws Exception {
    assertThatEachTurnSendsAtMostTwiceAsManyAsTheOneBefore(1);
  }

  private void assertThatEachTurnSendsAtMostTwiceAsManyAsTheOneBefore(int millisForEach)
      throws Exception {
    AtomicInteger turn = new AtomicInteger();
    Map<Integer, Integer> sentInTurn = new ConcurrentSkipListMap<>();
    CompletableFuture<Void> last = new CompletableFuture<>();
    WaitingCopies<Integer> counted =
        new WaitingCopies<>(
            loop,
            copy -> {
              work(millisForEach);
              sentInTurn.merge(turn.get(), 1, Integer::sum);
              if (copy == 99) {
                last.complete(null);
              }
            });
    onLoop(
        v -> {
          IntStream.range(0, 100).forEach(counted::add);
          countTurns(turn, last);
        });

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
      loop.runOnContext(v -> countTurns(turn, until));
    }
  }

  @Test
  void inABacklogNoneIsSentUntilItIsOver() throws Exception {
    CompletableFuture<Integer> afterTheLook = new CompletableFuture<>();
    onLoop(
        v -> {
          IntStream.range(0, 40).forEach(copies::add);
          // As long as the look waits, and so it runs right behind it.
          vertx.setTimer(2, t -> afterTheLook.complete(sent.size()));
          work(10);
        });

    assertThat(afterTheLook.get(10, TimeUnit.SECONDS)).isZero();
    assertThat(take(40)).containsExactlyElementsOf(IntStream.range(0, 40).boxed().toList());
  }

  @Test
  void aBacklogThatDoesNotEndKeepsNoneFromBeingSent() throws Exception {
    CompletableFuture<Integer> sentMeanwhile = new CompletableFuture<>();
    onLoop(v -> turnsOf5MsWithTenAnswersEach(100, sentMeanwhile));

    assertThat(sentMeanwhile.get(60, TimeUnit.SECONDS)).isGreaterThan(800);
    assertThat(take(1000)).isSorted();
  }

  private void turnsOf5MsWithTenAnswersEach(int turns, CompletableFuture<Integer> sentMeanwhile) {
    if (turns == 0) {
      sentMeanwhile.complete(sent.size());
    } else {
      IntStream.range(0, 10).forEach(i -> copies.add(1000 - 10 * turns + i));
      work(5);
      vertx.setTimer(1, t -> turnsOf5MsWithTenAnswersEach(turns - 1, sentMeanwhile));
    }
  }

  @Test
  void noMoreWaitThanAreBounded() throws Exception {
    CompletableFuture<Integer> taken = new CompletableFuture<>();
    onLoop(
        v -> taken.complete((int) IntStream.range(0, 2 * MOST).filter(i -> copies.add(i)).count()));

    assertThat(taken.get()).isEqualTo(MOST);
    assertThat(take(MOST)).hasSize(MOST);
  }

  private static void work(int millis) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  private List<Integer> take(int count) throws InterruptedException {
    List<Integer> taken = new CopyOnWriteArrayList<>();
    while (taken.size() < count) {
      Integer one = sent.poll(10, TimeUnit.SECONDS);
      assertThat(one).as("copy %d of %d", taken.size(), count).isNotNull();
      taken.add(one);
    }
    return taken;
  }

  private void onLoop(Consumer<Void> task) throws Exception {
    CompletableFuture<Void> done = new CompletableFuture<>();
    loop.runOnContext(
        v -> {
          task.accept(null);
          done.complete(null);
        });
    done.get(10, TimeUnit.SECONDS);
  }
}
