package dev.banyan.suite;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Flips, rollbacks, kills and database outages, in an order that a seed gives. One replica is down
 * at a time at the most, and none but the outage's own during an outage.
 */
final class FlipStorm implements Confirmations.Calm {
  private static final long SETTLED_MILLIS = 6_000;
  private static final long WARM_AFTER_SECONDS = 5;

  private final List<Replica> replicas;
  private final StoppableDatabase database;
  private final RandomFlips flips;
  private final Random random;
  private final Confirmations confirmations;
  private final Durations convergence = new Durations();
  private final AtomicReference<Throwable> trouble = new AtomicReference<>();
  private Thread killer = new Thread();
  private volatile long disturbedAt =
      System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(SETTLED_MILLIS);
  private int kills;

  /**
   * @param flips changes to be made
   * @param kills of a replica
   * @param stops of the database, each in another way
   */
  record Plan(int flips, int kills, List<StoppableDatabase.Stop> stops) {}

  FlipStorm(List<Replica> replicas, StoppableDatabase database, RandomFlips flips, long seed) {
    this.replicas = replicas;
    this.database = database;
    this.flips = flips;
    this.random = new Random(seed);
    this.confirmations = new Confirmations(replicas);
  }

  void run(Plan plan) throws Exception {
    TimeUnit.SECONDS.sleep(WARM_AFTER_SECONDS); // three cold processes on one machine
    int outages = 0;
    while (flips.done() < plan.flips()) {
      failOn(trouble.get());
      int done = flips.done();
      if (outages < plan.stops().size()
          && done >= (outages + 1) * plan.flips() / (plan.stops().size() + 1)) {
        killer.join();
        outage(plan.stops().get(outages++));
      } else if (kills < plan.kills()
          && done >= (2 * kills + 1) * plan.flips() / (2 * plan.kills())
          && !killer.isAlive()) {
        kills++;
        Replica victim = replicas.get(random.nextInt(replicas.size()));
        int pause = random.nextInt(2000);
        killer = inBackground(() -> killAndRestart(victim, pause));
      }
      flip();
      TimeUnit.MILLISECONDS.sleep(random.nextInt(500)); // the pace is the test's input
    }
    killer.join();
    failOn(trouble.get());
    Await.until(this::hasConverged, "every replica serves what the ledger says");
  }

  /** One change, or two at once at whatever replicas. */
  private void flip() throws InterruptedException {
    Thread other = random.nextInt(4) == 0 ? inBackground(this::flipOnce) : new Thread();
    flipOnce();
    other.join();
  }

  private void flipOnce() throws InterruptedException {
    long began = System.nanoTime();
    OptionalLong revision = flips.any();
    if (revision.isPresent()) {
      confirmations.await(revision.getAsLong(), began, this);
    }
  }

  @Override
  public boolean allRunSince(long nanos) {
    return disturbedAt < nanos;
  }

  @Override
  public boolean settledSince(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos - disturbedAt) > SETTLED_MILLIS;
  }

  @Override
  public double secondsUntil(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos - disturbedAt) / 1000.0;
  }

  private void killAndRestart(Replica victim, int pauseMillis) throws Exception {
    disturbedAt = Long.MAX_VALUE;
    victim.kill();
    TimeUnit.MILLISECONDS.sleep(pauseMillis);
    victim.restart();
    disturbedAt = System.nanoTime();
  }

  /** In it, a rollback is taken at a replica that is killed and started before the database is. */
  private void outage(StoppableDatabase.Stop how) throws Exception {
    Replica victim = replicas.get(random.nextInt(replicas.size()));
    flips.bringLive(victim, "r0");
    disturbedAt = Long.MAX_VALUE;
    flips.databaseIsAway(true);
    database.stop(how);
    OptionalLong written = flips.rollBack(victim, "r0");
    if (written.isPresent()) {
      throw new AssertionError("written without a database: revision " + written.getAsLong());
    }
    Thread restarting = inBackground(() -> killAndRestart(victim, 500));
    do {
      flips.any();
      TimeUnit.MILLISECONDS.sleep(random.nextInt(500)); // likewise
    } while (restarting.isAlive());
    failOn(trouble.get());
    disturbedAt = Long.MAX_VALUE;
    JsonNode route = victim.facade().read("/api/v1/routes/r0");
    if (!route.path("stage").asText().equals("legacy")) {
      throw new AssertionError("a rollback was forgotten: " + route);
    }
    database.start();
    long back = System.nanoTime();
    Await.until(this::hasConverged, "every replica serves what the ledger says");
    convergence.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - back));
    flips.databaseIsAway(false);
    disturbedAt = System.nanoTime();
  }

  private boolean hasConverged() throws InterruptedException, SQLException {
    LedgerContent ledger = database.ledger();
    for (Replica replica : replicas) {
      try {
        JsonNode routes = replica.facade().read("/api/v1/routes");
        if (routes.path("revision").asLong() != ledger.revision()) {
          return false;
        }
        for (JsonNode route : routes.path("routes")) {
          String named = ledger.stage(route.path("id").asText(), ledger.revision());
          if (!route.path("stage").asText().equals(named)) {
            return false;
          }
        }
      } catch (IOException away) {
        return false;
      }
    }
    return true;
  }

  private interface Work {
    void run() throws Exception;
  }

  private Thread inBackground(Work work) {
    return Thread.ofVirtual()
        .start(
            () -> {
              try {
                work.run();
              } catch (Exception | AssertionError failure) {
                trouble.set(failure);
              }
            });
  }

  private static void failOn(Throwable failure) {
    if (failure != null) {
      throw new AssertionError("in the background: " + failure, failure);
    }
  }

  Confirmations confirmations() {
    return confirmations;
  }

  @Override
  public String toString() {
    return "%d kills (-9) and one in each outage; converged after the database was back: %s"
        .formatted(kills, convergence);
  }
}
