package dev.banyan.app.comparing;

import dev.banyan.app.comparing.ComparisonQueue.Work;
import dev.banyan.app.seen.TrafficCounters;
import dev.banyan.migration.EvidenceWindows;
import dev.banyan.migration.TableKeeper;
import dev.banyan.parity.Comparer;
import dev.banyan.parity.Comparison;
import dev.banyan.proxy.ShadowedExchange.Pair;
import dev.banyan.rules.CompareProfile;
import dev.banyan.rules.RouteTarget;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compares what waits, on one thread beside the event loops: behind the traffic rather than in its
 * way.
 */
@Singleton
public class ComparisonWorker {
  private static final System.Logger LOG = System.getLogger(ComparisonWorker.class.getName());

  private final ComparisonQueue queue;
  private final EvidenceWindows evidence;
  private final MismatchJournal journal;
  private final Recordings recordings;
  private final TableKeeper tables;
  private final TrafficCounters traffic;
  private final Map<CompareProfile, Comparer> comparers = new HashMap<>();
  private volatile @Nullable Thread thread;

  ComparisonWorker(
      ComparisonQueue queue,
      EvidenceWindows evidence,
      MismatchJournal journal,
      Recordings recordings,
      TableKeeper tables,
      TrafficCounters traffic) {
    this.queue = queue;
    this.evidence = evidence;
    this.journal = journal;
    this.recordings = recordings;
    this.tables = tables;
    this.traffic = traffic;
  }

  public void start() {
    thread = Thread.ofPlatform().name("comparison").daemon().start(this::work);
  }

  public void stop() {
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // a wish, on which nothing relies
  private void work() {
    try {
      while (true) {
        Work work = queue.take();
        try {
          look(work);
        } catch (RuntimeException unforeseen) {
          LOG.log(System.Logger.Level.ERROR, "an observation could not be looked at", unforeseen);
        }
        // Where cores are few, an event loop with traffic waits for one comparison at the most
        // rather than for the scheduler's slice.
        Thread.yield();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void look(Work work) {
    switch (work) {
      case Work.Compare(Pair pair) -> compare(pair);
      case Work.Keep recorded ->
          recordings.offer(
              recorded.exchange().decision().route().id(),
              recorded.request(),
              recorded.exchange().control());
    }
  }

  private void compare(Pair pair) {
    String routeId = pair.decision().route().id();
    Comparison comparison;
    try {
      comparison = comparer(pair).compare(pair.request(), pair.control(), pair.candidate());
    } catch (RuntimeException | StackOverflowError unforeseen) {
      // The gate must see that the sample lacks one; the thread must live on for the next.
      evidence.skipped(routeId, "comparison-failed");
      traffic.skipped(routeId, "comparison-failed");
      LOG.log(System.Logger.Level.ERROR, "a pair could not be compared: " + routeId, unforeseen);
      return;
    }
    evidence.compared(routeId, comparison);
    traffic.compared(routeId, comparison);
    if (comparison instanceof Comparison.Mismatch mismatch) {
      journal.add(pair, mismatch);
    }
  }

  private Comparer comparer(Pair pair) {
    RouteTarget.Forward forward = (RouteTarget.Forward) pair.decision().route().target();
    CompareProfile profile =
        tables.get().rules().profiles().getOrDefault(forward.compare(), CompareProfile.STRICT);
    if (comparers.size() > 1000) {
      comparers.clear();
    }
    return comparers.computeIfAbsent(profile, Comparer::of);
  }
}
