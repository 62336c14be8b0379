package dev.banyan.suite;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * How long it takes from asking for a change until every running replica serves it, and until the
 * replicas themselves say that it is complete. Told apart: all replicas ran, or one was down or had
 * just been.
 */
final class Confirmations {
  private static final long LIMIT_SECONDS = 60;
  private static final long LOOKS_EVERY_MILLIS = 5;

  private final List<Replica> replicas;
  private final Durations served = new Durations();
  private final Durations complete = new Durations();
  private final Durations servedInTrouble = new Durations();
  private final Durations completeInTrouble = new Durations();

  private interface Condition {
    boolean holds() throws InterruptedException;
  }

  Confirmations(List<Replica> replicas) {
    this.replicas = replicas;
  }

  /**
   * @param began when the change was asked for, in nanoseconds
   */
  void await(long revision, long began, BooleanSupplier quiet) throws InterruptedException {
    boolean wasQuiet = quiet.getAsBoolean();
    long servedAfter = millisUntil(() -> isServed(revision), began, "served: " + revision);
    long completeAfter = millisUntil(this::isComplete, began, "complete: " + revision);
    boolean calm = wasQuiet && quiet.getAsBoolean();
    (calm ? served : servedInTrouble).add(servedAfter);
    (calm ? complete : completeInTrouble).add(completeAfter);
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

  /** From asking to being served by all, where all ran. */
  Durations served() {
    return served;
  }

  @Override
  public String toString() {
    return """
        all running: served by all after %s; complete after %s
          one down or just back: served by those running after %s; complete after %s"""
        .formatted(served, complete, servedInTrouble, completeInTrouble);
  }
}
