package dev.banyan.parity;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** The most memory that live objects take while something runs, as far as collections can tell. */
final class PeakMemory {
  /** Collections for one run: each stops the work, so that more of them only make it slower. */
  private static final int LOOKS = 8;

  private static final int ALL_LOOKS = 16;

  private PeakMemory() {}

  static long of(Runnable work) {
    work.run();
    long start = System.nanoTime();
    work.run();
    long pause = (System.nanoTime() - start) / LOOKS;
    long before = alive();
    long peak = 0;
    for (int looks = 0; looks < ALL_LOOKS; ) {
      int seen = looks;
      Thread worker = Thread.ofPlatform().start(work);
      while (!ended(worker, pause)) {
        looks++;
        peak = Math.max(peak, alive() - before);
      }
      if (looks == seen) {
        pause = pause / 2; // the work has become faster since it was timed
      }
    }
    return peak;
  }

  /**
   * What a collection leaves, in bytes, without what the work makes between its end and the look.
   */
  private static long alive() {
    ManagementFactory.getMemoryMXBean().gc();
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getCollectionUsage)
        .filter(Objects::nonNull)
        .mapToLong(MemoryUsage::getUsed)
        .sum();
  }

  private static boolean ended(Thread worker, long nanos) {
    try {
      TimeUnit.NANOSECONDS.timedJoin(worker, nanos);
      return !worker.isAlive();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
