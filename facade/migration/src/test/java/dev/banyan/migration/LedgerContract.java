package dev.banyan.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.banyan.migration.Ledger.LedgerUnavailable;
import dev.banyan.migration.Ledger.StaleRevision;
import dev.banyan.rules.Share;
import dev.banyan.rules.Stage;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** What every ledger must hold to; each implementation's test class inherits it. */
public abstract class LedgerContract {

  /** The ledger under test: empty at the start of a test, the same one throughout it. */
  protected abstract Ledger ledger();

  /** Cuts the ledger off from its store for the rest of the test. */
  protected abstract void makeUnavailable();

  private static StageChange change(String routeId, Stage from, Stage to) {
    return new StageChange(
        routeId, from, to, "ada", "", "ready", Optional.of("e".repeat(64)), "d".repeat(64));
  }

  private static StageChange toShadow(String routeId) {
    return change(routeId, new Stage.Legacy(), new Stage.Shadow());
  }

  @Test
  void anEmptyLedgerHasNoEntries() throws Exception {
    assertThat(ledger().readAfter(0)).isEmpty();
    assertThat(ledger().history("orders", 10)).isEmpty();
  }

  @Test
  void theFirstEntryHasRevisionOneAndNothingBeforeIt() throws Exception {
    LedgerEntry first = ledger().append(toShadow("orders"), 0);

    assertThat(first.revision()).isEqualTo(1);
    assertThat(first.previousHash()).isEqualTo(LedgerChain.GENESIS);
  }

  @Test
  void whatIsAppendedIsReadBackFieldByField() throws Exception {
    StageChange full =
        new StageChange(
            "catalog.product-2_b",
            new Stage.Canary(new Share(1)),
            new Stage.Canary(new Share(9_999)),
            "Zoë O'Hara <zoë@shop.example>",
            "line one\nline two; DROP TABLE ledger; -- \"quoted\" \\ 日本語 🌳",
            "overridden insufficient: " + "long ".repeat(2_000),
            Optional.of("0123456789abcdef".repeat(4)),
            "d".repeat(64));
    StageChange sparse =
        new StageChange(
            "catalog.product-2_b",
            new Stage.Live(),
            new Stage.Legacy(),
            "ada",
            "",
            "not judged",
            Optional.empty(),
            "d".repeat(64));

    LedgerEntry first = ledger().append(full, 0);
    LedgerEntry second = ledger().append(sparse, 1);

    assertThat(first.change()).isEqualTo(full);
    assertThat(second.change()).isEqualTo(sparse);
    assertThat(ledger().readAfter(0)).containsExactly(first, second);
    assertThat(ledger().history("catalog.product-2_b", 10)).containsExactly(second, first);
  }

  @Test
  void everyStageIsReadBackAsItself() throws Exception {
    List<Stage> stages =
        List.of(
            new Stage.Legacy(),
            new Stage.Shadow(),
            new Stage.Canary(new Share(50)),
            new Stage.Live(),
            new Stage.Retired());
    for (int i = 0; i < stages.size(); i++) {
      ledger().append(change("orders", stages.get(i), stages.get(i)), i);
    }

    assertThat(ledger().readAfter(0))
        .extracting(entry -> entry.change().to())
        .containsExactlyElementsOf(stages);
  }

  @Test
  void theTimeIsKeptToTheMicrosecond() throws Exception {
    LedgerEntry appended = ledger().append(toShadow("orders"), 0);

    assertThat(appended.at()).isEqualTo(appended.at().truncatedTo(ChronoUnit.MICROS));
    assertThat(ledger().readAfter(0).getFirst().at()).isEqualTo(appended.at());
  }

  @Test
  void theEntriesFormAnIntactChain() throws Exception {
    for (int i = 0; i < 5; i++) {
      ledger().append(toShadow("route-" + i), i);
    }

    assertThat(LedgerChain.verify(ledger().readAfter(0))).isEqualTo(new ChainCheck.Intact(5));
  }

  @Test
  void aWriterWhoHasNotSeenTheLastEntryIsRefusedAndWritesNothing() throws Exception {
    ledger().append(toShadow("orders"), 0);

    assertThatThrownBy(() -> ledger().append(toShadow("catalog"), 0))
        .isInstanceOf(StaleRevision.class)
        .hasMessageContaining("1")
        .hasMessageContaining("expected: 0");
    assertThat(ledger().readAfter(0)).hasSize(1);
  }

  @Test
  void aWriterWhoExpectsEntriesThatAreNotThereIsRefusedAndWritesNothing() throws Exception {
    assertThatThrownBy(() -> ledger().append(toShadow("orders"), 7))
        .isInstanceOf(StaleRevision.class);
    assertThat(ledger().readAfter(0)).isEmpty();
  }

  @Test
  void aRefusedAppendLeavesNoGap() throws Exception {
    ledger().append(toShadow("orders"), 0);
    assertThatThrownBy(() -> ledger().append(toShadow("catalog"), 0))
        .isInstanceOf(StaleRevision.class);

    assertThat(ledger().append(toShadow("catalog"), 1).revision()).isEqualTo(2);
  }

  @Test
  void readingAfterARevisionGivesTheLaterOnesInOrder() throws Exception {
    for (int i = 0; i < 4; i++) {
      ledger().append(toShadow("route-" + i), i);
    }

    assertThat(ledger().readAfter(2)).extracting(LedgerEntry::revision).containsExactly(3L, 4L);
    assertThat(ledger().readAfter(4)).isEmpty();
  }

  @Test
  void theHistoryOfARouteIsItsOwnAndNewestFirst() throws Exception {
    for (int i = 0; i < 6; i++) {
      ledger().append(toShadow(i % 2 == 0 ? "orders" : "catalog"), i);
    }

    assertThat(ledger().history("orders", 2))
        .extracting(LedgerEntry::revision)
        .containsExactly(5L, 3L);
  }

  @Test
  void ofSeveralWritersAtOneRevisionExactlyOneWins() throws Exception {
    int writers = 8;
    int rounds = 5;
    for (int round = 0; round < rounds; round++) {
      assertThat(raceAt(round, writers)).as("winners of round %d", round).hasSize(1);
    }

    assertThat(LedgerChain.verify(ledger().readAfter(0))).isEqualTo(new ChainCheck.Intact(rounds));
  }

  private List<LedgerEntry> raceAt(long revision, int writers) throws Exception {
    ConcurrentLinkedQueue<LedgerEntry> winners = new ConcurrentLinkedQueue<>();
    ConcurrentLinkedQueue<Exception> failures = new ConcurrentLinkedQueue<>();
    CountDownLatch start = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < writers; i++) {
        String routeId = "writer-" + i;
        threads.execute(
            () -> {
              try {
                start.await();
                winners.add(ledger().append(toShadow(routeId), revision));
              } catch (StaleRevision expected) {
                // Another writer was first.
              } catch (LedgerUnavailable | InterruptedException e) {
                failures.add(e);
              }
            });
      }
      start.countDown();
    }
    assertThat(failures).isEmpty();
    return new ArrayList<>(winners);
  }

  @Test
  void withoutItsStoreEveryCallSaysSo() throws Exception {
    ledger().append(toShadow("orders"), 0);

    makeUnavailable();

    assertThatThrownBy(() -> ledger().append(toShadow("catalog"), 1))
        .isInstanceOf(LedgerUnavailable.class);
    assertThatThrownBy(() -> ledger().readAfter(0)).isInstanceOf(LedgerUnavailable.class);
    assertThatThrownBy(() -> ledger().history("orders", 1)).isInstanceOf(LedgerUnavailable.class);
  }
}
