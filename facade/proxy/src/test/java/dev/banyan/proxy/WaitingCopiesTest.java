package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.SingleThreadEventLoop;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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
  private final WaitingCopies<Integer> copies = new WaitingCopies<>(loop, copy -> true, sent::add);

  @AfterEach
  void end() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void aFewGoAtTheEndOfTheFirstTurnInWhichNothingLiveHappens() throws Exception {
    List<Object> order = new CopyOnWriteArrayList<>();
    WaitingCopies<Integer> ordered = new WaitingCopies<>(loop, copy -> true, order::add);
    CompletableFuture<Void> later = new CompletableFuture<>();
    onLoop(
        v -> {
          IntStream.range(0, 2).forEach(ordered::add);
          order.add("the rest of this read");
          loop.runOnContext(same -> order.add("another read"));
          inNextTurn(
              () -> {
                order.add("the next turn");
                inNextTurn(() -> later.complete(null));
              });
        });

    later.get(10, TimeUnit.SECONDS);
    assertThat(order)
        .containsExactly("the rest of this read", "another read", "the next turn", 0, 1);
  }

  @Test
  void manyOfOneTurnGoAFewAtATimeInTheTurnsAfterIt() {
    assertThatTenGoInThreeTurns(copy -> {});
  }

  @Test
  void theLiveSideComesInBetweenHoweverLongSendingTakes() {
    assertThatTenGoInThreeTurns(copy -> work(1));
  }

  private void assertThatTenGoInThreeTurns(Consumer<Integer> sending) {
    // Again where the machine stood still in a turn, which is a busy one then.
    await().untilAsserted(() -> assertThat(sentInTurns(10, sending)).containsExactly(0, 4, 4, 2));
  }

  @Test
  void noneGoesInATurnInWhichALiveRequestBegins() {
    assertThatNoneGoesMeanwhile(
        10,
        then -> {
          IntStream.range(0, 10).forEach(copies::add);
          turnsWithARequest(8, then);
        });
  }

  private void turnsWithARequest(int turns, Runnable then) {
    if (turns == 0) {
      then.run();
    } else {
      copies.liveBegins();
      inNextTurn(() -> turnsWithARequest(turns - 1, then));
    }
  }

  @Test
  void thoseWhoseCandidateHasNoRoomWaitForItInTheirOrder() throws Exception {
    AtomicBoolean room = new AtomicBoolean();
    WaitingCopies<Integer> held = held(room);
    onLoop(v -> IntStream.range(0, 3).forEach(held::add));
    assertThat(sent.poll(10, TimeUnit.MILLISECONDS)).isNull();

    onLoop(
        v -> {
          room.set(true);
          held.roomAgain();
        });
    assertThat(take(3)).containsExactly(0, 1, 2);
  }

  @Test
  void thoseWhoseCandidateKeepsHavingNoRoomGoIntoItsRefusalAfterAWhile() throws Exception {
    WaitingCopies<Integer> held = held(new AtomicBoolean());
    long began = System.nanoTime();
    onLoop(v -> IntStream.range(0, 3).forEach(held::add));

    assertThat(take(3)).containsExactly(0, 1, 2);
    assertThat(System.nanoTime() - began).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(49));
  }

  private WaitingCopies<Integer> held(AtomicBoolean room) {
    return new WaitingCopies<>(loop, copy -> room.get(), sent::add);
  }

  /**
   * How many are sent in the turn in which so many live answers end, and in each after it, in which
   * none does.
   */
  private List<Integer> sentInTurns(int many, Consumer<Integer> sending) throws Exception {
    AtomicInteger count = new AtomicInteger();
    WaitingCopies<Integer> counted =
        new WaitingCopies<>(
            loop,
            c -> true,
            copy -> {
              sending.accept(copy);
              count.incrementAndGet();
            });
    CompletableFuture<List<Integer>> all = new CompletableFuture<>();
    onLoop(
        v -> {
          IntStream.range(0, many).forEach(counted::add);
          inNextTurn(() -> tell(count, many, new ArrayList<>(), all));
        });
    return all.get(10, TimeUnit.SECONDS);
  }

  private void tell(
      AtomicInteger count, int left, List<Integer> told, CompletableFuture<List<Integer>> all) {
    int sentInTurn = count.getAndSet(0);
    told.add(sentInTurn);
    if (left == sentInTurn) {
      all.complete(told);
    } else {
      inNextTurn(() -> tell(count, left - sentInTurn, told, all));
    }
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
  void inABacklogNoneIsSentUntilItIsOver() {
    assertThatNoneGoesMeanwhile(80, then -> busyTurns(8, 0, then));
  }

  private void assertThatNoneGoesMeanwhile(int count, Consumer<Runnable> turns) {
    // Again where the machine stood still for so long that it makes a full loop.
    await()
        .untilAsserted(
            () -> {
              sent.clear();
              CompletableFuture<Integer> sentMeanwhile = new CompletableFuture<>();
              onLoop(v -> turns.accept(() -> sentMeanwhile.complete(sent.size())));

              int went = sentMeanwhile.get(10, TimeUnit.SECONDS);
              assertThat(take(count)).isSorted();
              assertThat(went).isZero();
            });
  }

  @Test
  void inAFullLoopAsManyGoAsComeAndAFewMoreAndNotTwiceAsManyAsInTheTurnBefore() throws Exception {
    List<Integer> sentBefore = new CopyOnWriteArrayList<>();
    CompletableFuture<Void> end = new CompletableFuture<>();
    onLoop(
        v -> {
          IntStream.range(0, 500).forEach(copies::add);
          work(25);
          fullTurns(20, sentBefore, end);
        });

    end.get(10, TimeUnit.SECONDS);
    assertThat(sentBefore).startsWith(0, 4, 12, 28, 52, 76, 100);
  }

  /** In each of which twenty live answers end. */
  private void fullTurns(int turns, List<Integer> sentBefore, CompletableFuture<Void> end) {
    sentBefore.add(sent.size());
    if (turns == 0) {
      end.complete(null);
    } else {
      IntStream.range(0, 20).forEach(copies::add);
      inNextTurn(() -> fullTurns(turns - 1, sentBefore, end));
    }
  }

  @Test
  void aBacklogThatDoesNotEndKeepsNoneFromBeingSent() throws Exception {
    CompletableFuture<Integer> sentMeanwhile = new CompletableFuture<>();
    onLoop(v -> busyTurns(100, 5, () -> sentMeanwhile.complete(sent.size())));

    assertThat(sentMeanwhile.get(60, TimeUnit.SECONDS)).isGreaterThan(800);
    assertThat(take(1000)).isSorted();
  }

  /** Turns in each of which ten live answers end. */
  private void busyTurns(int turns, int millisForEach, Runnable then) {
    if (turns == 0) {
      then.run();
    } else {
      IntStream.range(0, 10).forEach(i -> copies.add(1000 - 10 * turns + i));
      work(millisForEach);
      inNextTurn(() -> busyTurns(turns - 1, millisForEach, then));
    }
  }

  private void inNextTurn(Runnable task) {
    SingleThreadEventLoop netty = (SingleThreadEventLoop) ((ContextInternal) loop).nettyEventLoop();
    netty.executeAfterEventLoopIteration(() -> loop.runOnContext(v -> task.run()));
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
