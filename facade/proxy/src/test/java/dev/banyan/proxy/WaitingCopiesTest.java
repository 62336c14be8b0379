package dev.banyan.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
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
  void aCopyIsSentWhenWhatHasBeenReadIsWorkedOff() throws Exception {
    List<Object> order = new CopyOnWriteArrayList<>();
    WaitingCopies<Integer> ordered = new WaitingCopies<>(loop, order::add);
    onLoop(
        v -> {
          ordered.add(1);
          order.add("the rest of this read");
        });

    onLoop(v -> {});
    assertThat(order).containsExactly("the rest of this read", 1);
  }

  @Test
  void inABacklogNoneIsSentUntilItIsOver() throws Exception {
    onLoop(v -> IntStream.range(0, 40).forEach(copies::add));
    CompletableFuture<Integer> rightAfter = new CompletableFuture<>();
    loop.runOnContext(v -> rightAfter.complete(sent.size()));

    assertThat(rightAfter.get(10, TimeUnit.SECONDS)).isZero();
    assertThat(take(40)).containsExactlyElementsOf(IntStream.range(0, 40).boxed().toList());
  }

  @Test
  void aBacklogThatDoesNotEndKeepsNoneFromBeingSent() throws Exception {
    // Ten live answers end in each millisecond, for a quarter of a second.
    for (int round = 0; round < 250; round++) {
      int first = 10 * round;
      onLoop(v -> IntStream.range(first, first + 10).forEach(copies::add));
      TimeUnit.MILLISECONDS.sleep(1);
    }

    assertThat(sent.size()).as("sent meanwhile").isGreaterThan(500);
    assertThat(take(2500)).isSorted();
  }

  @Test
  void noMoreWaitThanAreBounded() throws Exception {
    CompletableFuture<Integer> taken = new CompletableFuture<>();
    onLoop(
        v -> taken.complete((int) IntStream.range(0, 2 * MOST).filter(i -> copies.add(i)).count()));

    assertThat(taken.get()).isEqualTo(MOST);
    assertThat(take(MOST)).hasSize(MOST);
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
