package dev.banyan.parity;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.concurrent.atomic.AtomicBoolean;

/** The most memory that live objects take while something runs, as far as collections can tell. */
final class PeakMemory {
  private static final int SAMPLES = 5;

  private PeakMemory() {}

  static long of(Runnable work) {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    work.run();
    memory.gc();
    long before = memory.getHeapMemoryUsage().getUsed();
    long peak = 0;
    for (int i = 0; i < SAMPLES; i++) {
      AtomicBoolean done = new AtomicBoolean();
      Thread worker =
          Thread.ofPlatform()
              .start(
                  () -> {
                    work.run();
                    done.set(true);
                  });
      while (!done.get()) {
        memory.gc();
        peak = Math.max(peak, memory.getHeapMemoryUsage().getUsed() - before);
      }
      join(worker);
    }
    return peak;
  }

  private static void join(Thread worker) {
    try {
      worker.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
