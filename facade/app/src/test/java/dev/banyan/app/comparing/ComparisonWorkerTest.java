package dev.banyan.app.comparing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banyan.app.DataFolder;
import dev.banyan.app.comparing.ComparisonQueue.Work;
import dev.banyan.app.noise.NoiseWatches;
import dev.banyan.app.privacy.KeepValues;
import dev.banyan.app.privacy.Privacy;
import dev.banyan.app.privacy.StoreKeys;
import dev.banyan.app.seen.Counted;
import dev.banyan.app.seen.TrafficCounters;
import dev.banyan.migration.EvidenceWindows;
import dev.banyan.migration.FlipWatch;
import dev.banyan.migration.TableKeeper;
import dev.banyan.parity.Observation;
import dev.banyan.parity.RequestCopy;
import dev.banyan.proxy.RepeatedExchange;
import dev.banyan.proxy.ShadowedExchange.Pair;
import dev.banyan.rules.ReadResult;
import dev.banyan.rules.RuleSetReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one item throws costs no other. */
class ComparisonWorkerTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final String RULES =
      """
      version: 1
      upstreams:
        legacy: { url: http://127.0.0.1:1 }
        next: { url: http://127.0.0.1:2 }
      routes:
        - { id: r, match: { path: /** }, legacy: legacy, migrated: next }
      """;

  @TempDir Path folder;

  private final AtomicInteger errors = new AtomicInteger();
  private final ComparisonQueue queue = new ComparisonQueue();
  private final TrafficCounters traffic = Counted.counters(() -> NOW);
  private final EvidenceWindows evidence = new EvidenceWindows(this::now);
  private ComparisonWorker worker;

  @BeforeEach
  void start() {
    TableKeeper tables =
        new TableKeeper(
            ((ReadResult.Accepted) RuleSetReader.read("rules.yaml", RULES)).rules(), news -> {});
    Privacy privacy =
        new Privacy(tables, StoreKeys.of(List.of("test:" + "A".repeat(43))), KeepValues.PATHS_ONLY);
    worker =
        new ComparisonWorker(
            queue,
            evidence,
            new JournalWriter(new MismatchJournal(() -> NOW), privacy, () -> NOW),
            new Failing(tables, new DataFolder(folder), privacy),
            tables,
            traffic,
            new SightingReader("Banyan-Version"),
            new WatchedTraffic(new FlipWatch("here"), () -> NOW),
            NoiseWatches.of(evidence, () -> NOW));
    worker.start();
  }

  @AfterEach
  void stop() {
    worker.stop();
  }

  @Test
  void anErrorOfThePairIsCountedAndTheNextPairIsCompared() {
    errors.set(1);

    offer(new Work.Compare(Pairs.json("{\"a\":1}", "{\"a\":1}")));
    offer(new Work.Compare(Pairs.json("{\"a\":1}", "{\"a\":1}")));

    await().until(() -> Counted.compared(traffic, "r").equals(Map.of("match", 1L)));
    assertThat(Counted.skipped(traffic, "r")).isEqualTo(Map.of("comparison-failed", 1L));
    assertThat(evidence.snapshot("r").skipped()).containsEntry("comparison-failed", 1L);
    assertThat(worker.isRunning()).isTrue();
  }

  @Test
  void anErrorOfARepeatedRequestCostsNoLaterPair() {
    Pair pair = Pairs.json("{\"a\":1}", "{\"a\":1}");

    offer(
        new Work.Again(
            new RepeatedExchange.Pair(
                pair.decision(), pair.request(), pair.control(), pair.candidate())));
    offer(new Work.Compare(pair));

    await().until(() -> Counted.compared(traffic, "r").equals(Map.of("match", 1L)));
    assertThat(worker.isRunning()).isTrue();
  }

  @Test
  void aWorkerThatWasStoppedIsSeenNotToRun() {
    assertThat(worker.isRunning()).isTrue();

    worker.stop();

    await().until(() -> !worker.isRunning());
  }

  private void offer(Work work) {
    assertThat(queue.offer(work)).isTrue();
  }

  /** Asked in the middle of a comparison. */
  private Instant now() {
    if (errors.getAndDecrement() > 0) {
      throw new OutOfMemoryError("a large pair");
    }
    return NOW;
  }

  private static final class Failing extends Recordings {
    Failing(TableKeeper tables, DataFolder data, Privacy privacy) {
      super(tables, data, privacy);
    }

    @Override
    void offer(String routeId, RequestCopy request, Observation answer) {
      throw new StackOverflowError("a deep answer");
    }
  }
}
