package dev.banyan.suite;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How long it takes from asking for a change until every running replica serves it, and until the
 * replicas themselves say that it is complete. Told apart: all replicas ran, or one was down.
 */
final class Confirmations {
  private static final long LIMIT_SECONDS = 60;
  private static final long LOOKS_EVERY_MILLIS = 5;

  private final List<Replica> replicas;
  private final Durations answered = new Durations();
  private final Durations answeredInTrouble = new Durations();
  private final Durations served = new Durations();
  private final Durations complete = new Durations();
  private final Durations servedInTrouble = new Durations();
  private final Durations completeInTrouble = new Durations();

  private String slowest = "";

  private interface Condition {
    boolean holds() throws InterruptedException;
  }

  Confirmations(List<Replica> replicas) {
    this.replicas = replicas;
  }

  /** How undisturbed the replicas are. */
  interface Calm {
    /** All have run since then, in nanoseconds. */
    boolean allRunSince(long nanos);

    /** And for so long before that nobody waits for one that was killed. */
    boolean settledSince(long nanos);

    /** Seconds from the last kill or outage until then. */
    double secondsUntil(long nanos);
  }

  /**
   * To be called once the change is answered.
   *
   * @param began when the change was asked for, in nanoseconds
   */
  void await(long revision, long began, Calm calm) throws InterruptedException {
    long answeredAfter = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    long servedAfter = millisUntil(() -> isServed(revision), began, "served: " + revision);
    boolean allRan = calm.allRunSince(began);
    long completeAfter = millisUntil(this::isComplete, began, "complete: " + revision);
    (allRan ? answered : answeredInTrouble).add(answeredAfter);
    synchronized (this) {
      if (allRan && servedAfter > served.max()) {
        slowest =
            "the slowest of these: revision %d, %.1f s after a kill or an outage, answered after %d ms"
                .formatted(revision, calm.secondsUntil(began), answeredAfter);
      }
      (allRan ? served : servedInTrouble).add(servedAfter);
    }
    (calm.settledSince(began) ? complete : completeInTrouble).add(completeAfter);
  }

  private static long millisUntil(Condition condition, long began, String what)
      throws InterruptedException {
    while (!condition.holds()) {
      long passed = System.nanoTime() - began;
      if (passed > TimeUnit.SECONDS.toNanos(LIMIT_SECONDS)) {
        throw new AssertionError("not " + what + " within " + LIMIT_SECONDS + " s");
      }
      TimeUnit.MILLISECONDS.sleep(LOOKS_EVERY_MILLIS);
    }
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
  }

  private boolean isServed(long revision) throws InterruptedException {
    for (Replica replica : replicas) {
      if (replica.up() && replica.serving() < revision) {
        return false;
      }
    }
    return true;
  }

  private boolean isComplete() throws InterruptedException {
    for (Replica replica : replicas) {
      if (replica.up()) {
        try {
          return replica.facade().read("/api/v1/replicas").path("complete").asBoolean();
        } catch (IOException away) {
          // Perhaps it has just been killed.
        }
      }
    }
    return false;
  }

  @Override
  public synchronized String toString() {
    return """
        all running: answered after %s
                     served by all after %s
                     %s
                     complete after %s
          one down: answered after %s
                     served by those running after %s
                     complete after %s (with one that was killed in the six seconds before)"""
        .formatted(
            answered,
            served,
            slowest,
            complete,
            answeredInTrouble,
            servedInTrouble,
            completeInTrouble);
  }
}
