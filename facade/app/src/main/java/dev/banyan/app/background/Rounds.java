package dev.banyan.app.background;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Does the same again and again on a thread of its own until it is stopped. What a round throws
 * ends the thread, and is told by it: a round catches what it can go on after.
 */
public final class Rounds {
  private final Thread.Builder threads;
  private final Duration pause;
  private final Runnable round;
  private volatile @Nullable Thread thread;

  /**
   * @param pause from the end of a round to the next one
   */
  public Rounds(Thread.Builder threads, Duration pause, Runnable round) {
    this.threads = threads;
    this.pause = pause;
    this.round = round;
  }

  /** The first round is at once. */
  public void start() {
    startAfter(Duration.ZERO);
  }

  /** The first round is after the pause. */
  public void startAfterPause() {
    startAfter(pause);
  }

  /** Interrupts the round that is on its way; returns at once. */
  public void stop() {
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }

  private void startAfter(Duration first) {
    thread = threads.start(() -> run(first));
  }

  private void run(Duration first) {
    try {
      TimeUnit.NANOSECONDS.sleep(first.toNanos());
      while (true) {
        round.run();
        TimeUnit.NANOSECONDS.sleep(pause.toNanos());
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
