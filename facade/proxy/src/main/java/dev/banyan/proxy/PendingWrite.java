package dev.banyan.proxy;

import dev.banyan.rules.Decision;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** A write that legacy carried out and that has not arrived on the migrated side yet. */
final class PendingWrite {
  /** By when they are due; of equals the one that came first. */
  static final Comparator<PendingWrite> DUE =
      (a, b) ->
          Long.compare(a.due - b.due, 0) != 0
              ? Long.compare(a.due - b.due, 0)
              : Long.compare(a.number, b.number);

  private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(5);
  private static final int DOUBLINGS = 6;

  private final ShadowSender.Job job;
  private final Decision.Mirror mirror;
  private final long number;
  private final long until;
  private long due;
  private int tries;
  private String lastReason = "not-sent";

  PendingWrite(ShadowSender.Job job, Decision.Mirror mirror, long number, long now) {
    this.job = job;
    this.mirror = mirror;
    this.number = number;
    Duration retryFor = mirror.policy().writes().retryFor();
    this.until = now + retryFor.toNanos();
    this.due = now;
  }

  ShadowSender.Job job() {
    return job;
  }

  Decision.Mirror mirror() {
    return mirror;
  }

  boolean isDue(long now) {
    return now - due >= 0;
  }

  boolean isTooLate(long now) {
    return now - until >= 0;
  }

  void begins() {
    tries++;
  }

  int tries() {
    return tries;
  }

  String lastReason() {
    return lastReason;
  }

  /** It is to be sent once more, after a pause that grows with the tries. */
  void failed(String reason, long now, RandomGenerator random) {
    lastReason = reason;
    long pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE << Math.min(DOUBLINGS, tries - 1));
    // Those that failed together do not come back together.
    due = now + pause / 2 + random.nextLong(pause);
  }
}
