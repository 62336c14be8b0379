package dev.banyan.app.comparing;

import dev.banyan.app.comparing.ComparisonQueue.Work;
import dev.banyan.app.noise.NoiseWatch;
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Compares what waits, on one thread beside the event loops: behind the traffic rather than in its
 * way. Whatever an item throws, errors of the JVM among them, costs that item and no other.
 */
@Singleton
public class ComparisonWorker {
  private static final String FAILED = "comparison-failed";

  /** Before the next item where not even a failure could be told of: memory may come back. */
  private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** After which this thread lets others on the core go first. */
  private static final long TURN_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

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

  private final ComparingFailures failures = new ComparingFailures(System::nanoTime);
  private long turnBegan;
  private volatile boolean over;
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
    over = true;
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }

  /** Whether its thread runs: while it does not, nothing is compared, and copies are dropped. */
  public boolean isRunning() {
    Thread running = thread;
    return running != null && running.isAlive();
  }

  private void work() {
    while (!over) {
      try {
        lookAtNext();
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        return;
      } catch (Throwable untold) {
        LockSupport.parkNanos(REST_NANOS);
      }
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // a wish, on which nothing relies
  private void lookAtNext() throws InterruptedException {
    Work work = queue.take();
    try {
      look(work);
    } catch (Throwable unforeseen) {
      failures.tell("an observation could not be looked at whole", work.routeId(), unforeseen);
    }
    // Where cores are few, an event loop with traffic waits for a turn at the most rather than
    // for the scheduler's slice; to yield costs more than to compare a small pair, so not after
    // each. Who yields on a busy core gets next to nothing of it, so when much waits this thread
    // claims its share.
    long now = System.nanoTime();
    if (now - turnBegan > TURN_NANOS) {
      turnBegan = now;
      if (queue.depth() < MUCH) {
        Thread.yield();
      }
    }
  }

  private void look(Work work) {
    switch (work) {
      case Work.Compare compared -> compare(compared.pair());
      case Work.Again again -> compareAgain(again.pair());
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
      comparison = counted(pair);
    } catch (Throwable unforeseen) {
      // The gate must see that the sample lacks one.
      evidence.skipped(routeId, FAILED);
      traffic.skipped(routeId, FAILED);
      failures.tell("pairs could not be compared", routeId, unforeseen);
      return;
    }
    traffic.compared(routeId, comparison);
    watched.compared(routeId, comparison);
    writer.write(pair, comparison, comparer(pair.decision().route()));
  }

  /** Compares; the evidence has it when this returns, and not where this throws. */
  private Comparison counted(Pair pair) {
    Route route = pair.decision().route();
    Sighting sighting = sightings.withBody(pair);
    for (String body : sighting.shapes().subList(1, sighting.shapes().size())) {
      evidence.noticed(route.id(), body);
    }
    NoiseSeen seen = noise.look(route);
    Comparison comparison =
        comparer(route).compare(pair.request(), pair.control(), pair.candidate(), seen);
    noise.compared(route, comparison, seen);
    evidence.compared(route.id(), comparison, sighting);
    return comparison;
  }

  /** Legacy with itself: says what varies, and nothing of the candidate. */
  private void compareAgain(RepeatedExchange.Pair pair) {
    Route route = pair.decision().route();
    try {
      noise.compared(route, comparer(route).compare(pair.request(), pair.first(), pair.again()));
    } catch (Throwable unforeseen) {
      noise.dropped(route.id(), FAILED);
      failures.tell("answers to one request could not be compared", route.id(), unforeseen);
    }
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
