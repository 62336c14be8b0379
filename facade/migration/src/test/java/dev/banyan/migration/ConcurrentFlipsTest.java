package dev.banyan.migration;

import static dev.banyan.migration.Given.LEGACY;
import static dev.banyan.migration.Given.SHADOW;
import static dev.banyan.migration.Given.canary;
import static dev.banyan.migration.Given.compared;
import static dev.banyan.migration.Given.flip;
import static dev.banyan.migration.Given.flipAt;
import static dev.banyan.migration.Given.route;
import static dev.banyan.migration.Given.rules;
import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.rules.Route;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ConcurrentFlipsTest {
  private static final int FLIPS = 16;

  /** Revisions of the tables in the order they came into force; 0 once the ledger was read. */
  private final List<Long> swapped = Collections.synchronizedList(new ArrayList<>());

  private final InMemoryLedger ledger = new InMemoryLedger(InstantSource.system());
  private final TableKeeper tables =
      new TableKeeper(
          rules(
              "d1",
              IntStream.range(0, FLIPS)
                  .mapToObj(i -> route("route-" + i, SHADOW))
                  .toArray(Route[]::new)),
          news -> swapped.add(news.table().revision()));
  private final FlipCoordinator coordinator =
      new FlipCoordinator(ledger, tables, routeId -> compared(5_000, 0));

  private Queue<FlipResult> atOnce(IntFunction<FlipCommand> commands) throws Exception {
    Queue<FlipResult> results = new ConcurrentLinkedQueue<>();
    CountDownLatch start = new CountDownLatch(1);
    List<Future<?>> done = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < FLIPS; i++) {
        FlipCommand command = commands.apply(i);
        done.add(
            threads.submit(
                () -> {
                  start.await();
                  return results.add(coordinator.flip(command));
                }));
      }
      start.countDown();
      for (Future<?> each : done) {
        each.get();
      }
    }
    return results;
  }

  private static List<FlipResult.Flipped> won(Queue<FlipResult> results) {
    return results.stream()
        .filter(FlipResult.Flipped.class::isInstance)
        .map(FlipResult.Flipped.class::cast)
        .toList();
  }

  @Test
  void flipsOfDifferentRoutesAllWinOneAfterTheOther() throws Exception {
    Queue<FlipResult> results = atOnce(i -> flip("route-" + i, canary(10)));

    assertThat(won(results)).hasSize(FLIPS);
    assertThat(swapped)
        .containsExactlyElementsOf(LongStream.rangeClosed(0, FLIPS).boxed().toList());
    assertThat(LedgerChain.verify(ledger.readAfter(0))).isEqualTo(new ChainCheck.Intact(FLIPS));
  }

  @Test
  void ofFlipsThatLookedAtOneRevisionExactlyOneWins() throws Exception {
    Queue<FlipResult> results = atOnce(i -> flipAt(0, "route-" + i, canary(10)));

    assertThat(won(results)).hasSize(1);
    assertThat(results).filteredOn(FlipResult.Stale.class::isInstance).hasSize(FLIPS - 1);
    assertThat(ledger.readAfter(0)).hasSize(1);
  }

  @Test
  void ofOneFlipAskedForByManyExactlyOneWins() throws Exception {
    Queue<FlipResult> results = atOnce(i -> flip("route-0", canary(10)));

    assertThat(won(results)).hasSize(1);
    assertThat(ledger.readAfter(0)).hasSize(1);
  }

  @Test
  void aSecondFlipOfARouteIsToldAtOnceThatItIsBusyAndOtherRoutesGoOn() throws Exception {
    CountDownLatch judging = new CountDownLatch(1);
    CountDownLatch judged = new CountDownLatch(1);
    FlipCoordinator slow =
        new FlipCoordinator(
            ledger,
            tables,
            routeId -> {
              if (routeId.equals("route-0")) {
                judging.countDown();
                awaitOrFail(judged);
              }
              return compared(5_000, 0);
            });
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<FlipResult> first = threads.submit(() -> slow.flip(flip("route-0", canary(10))));
      judging.await();

      assertThat(slow.flip(flip("route-0", canary(20)))).isEqualTo(new FlipResult.Busy("route-0"));
      assertThat(slow.flip(flip("route-1", canary(10)))).isInstanceOf(FlipResult.Flipped.class);

      judged.countDown();
      assertThat(first.get()).isInstanceOf(FlipResult.Flipped.class);
    }
    assertThat(swapped).containsExactly(0L, 1L, 2L);
    assertThat(slow.flip(flip("route-0", LEGACY))).isInstanceOf(FlipResult.Flipped.class);
  }

  private static void awaitOrFail(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void reloadsAndRecordingsMeanwhileLoseNoFlip() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> meanwhile =
          threads.submit(
              () -> {
                for (int i = 0; i < 200; i++) {
                  tables.applyRules(
                      rules("d" + i, tables.get().rules().routes().toArray(new Route[0])));
                  tables.record("route-" + i % FLIPS);
                  tables.stopRecording("route-" + i % FLIPS);
                }
              });
      assertThat(won(atOnce(i -> flip("route-" + i, canary(10))))).hasSize(FLIPS);
      meanwhile.get();
    }

    assertThat(tables.get().revision()).isEqualTo(FLIPS);
    for (int i = 0; i < FLIPS; i++) {
      assertThat(tables.stage("route-" + i)).contains(canary(10));
    }
  }
}
