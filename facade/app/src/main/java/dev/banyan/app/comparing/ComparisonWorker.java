package dev.banyan.app.comparing;

import dev.banyan.app.comparing.ComparisonQueue.Work;
import dev.banyan.app.noise.NoiseWatch;
import dev.banyan.app.privacy.Silenced;
import dev.banyan.app.seen.TrafficCounters;
import dev.banyan.migration.EvidenceWindows;
import dev.banyan.migration.Sighting;
import dev.banyan.migration.TableKeeper;
import dev.banyan.parity.Comparer;
import dev.banyan.parity.Comparison;
import dev.banyan.parity.noise.NoiseSeen;
import dev.banyan.proxy.RepeatedExchange;
import dev.banyan.proxy.ShadowedExchange.Pair;
import dev.banyan.rules.CompareProfile;
import dev.banyan.rules.Route;
import dev.banyan.rules.RouteTarget;
import jakarta.inject.Singleton;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Compares what waits, on one thread beside the event loops: behind the traffic rather than in its
 * way.
 */
@Singleton
public class ComparisonWorker {
  private static final System.Logger LOG = System.getLogger(ComparisonWorker.class.getName());
  private static final int MUCH = ComparisonQueue.MAX_COUNT / 8;

  private final ComparisonQueue queue;
  private final EvidenceWindows evidence;
  private final JournalWriter writer;
  private final Recordings recordings;
  private final TableKeeper tables;
  private final TrafficCounters traffic;
  private final SightingReader sightings;
  private final WatchedTraffic watched;
  private final NoiseWatch noise;

  /** By identity: a profile is large, and the same object until the rules change. */
  private final IdentityHashMap<CompareProfile, Comparer> comparers = new IdentityHashMap<>();

  private volatile @Nullable Thread thread;

  ComparisonWorker(
      ComparisonQueue queue,
      EvidenceWindows evidence,
      JournalWriter writer,
      Recordings recordings,
      TableKeeper tables,
      TrafficCounters traffic,
      SightingReader sightings,
      WatchedTraffic watched,
      NoiseWatch noise) {
    this.queue = queue;
    this.evidence = evidence;
    this.writer = writer;
    this.recordings = recordings;
    this.tables = tables;
    this.traffic = traffic;
    this.sightings = sightings;
    this.watched = watched;
    this.noise = noise;
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
          LOG.log(
              System.Logger.Level.ERROR,
              "an observation could not be looked at",
              Silenced.of(unforeseen));
        }
        // Where cores are few, an event loop with traffic waits for one comparison at the most
        // rather than for the scheduler's slice. Who yields on a busy core gets next to nothing of
        // it, so when much waits this thread claims its share.
        if (queue.depth() < MUCH) {
          Thread.yield();
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void look(Work work) {
    switch (work) {
      case Work.Compare(Pair pair) -> compare(pair);
      case Work.Again(RepeatedExchange.Pair pair) -> compareAgain(pair);
      case Work.Keep recorded ->
          recordings.offer(
              recorded.exchange().decision().route().id(),
              recorded.request(),
              recorded.exchange().control());
    }
  }

  private void compare(Pair pair) {
    String routeId = pair.decision().route().id();
    Sighting sighting = sightings.withBody(pair);
    sighting.shapes().stream().skip(1).forEach(body -> evidence.noticed(routeId, body));
    NoiseSeen seen = noise.look(pair.decision().route());
    Comparison comparison;
    try {
      comparison =
          comparer(pair.decision().route())
              .compare(pair.request(), pair.control(), pair.candidate(), seen);
    } catch (RuntimeException | StackOverflowError unforeseen) {
      // The gate must see that the sample lacks one; the thread must live on for the next.
      evidence.skipped(routeId, "comparison-failed");
      traffic.skipped(routeId, "comparison-failed");
      LOG.log(
          System.Logger.Level.ERROR,
          "a pair could not be compared: " + routeId,
          Silenced.of(unforeseen));
      return;
    }
    noise.compared(pair.decision().route(), comparison, seen);
    evidence.compared(routeId, comparison, sighting);
    watched.compared(routeId, comparison);
    traffic.compared(routeId, comparison);
    writer.write(pair, comparison, comparer(pair.decision().route()));
  }

  /** Legacy with itself: says what varies, and nothing of the candidate. */
  private void compareAgain(RepeatedExchange.Pair pair) {
    Route route = pair.decision().route();
    noise.compared(route, comparer(route).compare(pair.request(), pair.first(), pair.again()));
    recordings.askedAgain(route.id(), pair.request(), pair.again());
  }

  private Comparer comparer(Route route) {
    RouteTarget.Forward forward = (RouteTarget.Forward) route.target();
    CompareProfile profile =
        tables.get().rules().profiles().getOrDefault(forward.compare(), CompareProfile.STRICT);
    if (comparers.size() > 1000) {
      comparers.clear();
    }
    return comparers.computeIfAbsent(profile, Comparer::of);
  }
}
