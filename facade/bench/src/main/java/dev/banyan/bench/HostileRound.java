package dev.banyan.bench;

import dev.banyan.parity.Comparer;
import dev.banyan.parity.Observation;
import dev.banyan.rules.CompareProfile;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;

/** How the time of comparing hostile arrays grows when they are twice as long. */
final class HostileRound {
  /** A sort takes a little more than twice; the square would be four times. */
  private static final double MOST_GROWTH = 2.8;

  private static final int SMALL = 10_000;
  private static final int DOUBLINGS = 3;
  private static final int ROUNDS = 7;

  private final Comparer comparer = Comparer.of(CompareProfile.DOTNET_JSON);
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

  /** Prints a row for each; whether the bar is held. */
  boolean run() {
    System.out.printf("%nHostile arrays, ms by elements%n%n%-20s", "arrays");
    for (int k = 0; k <= DOUBLINGS; k++) {
      System.out.printf(" %9d", SMALL << k);
    }
    System.out.printf(" %9s%n", "growth");
    boolean held = true;
    for (HostileArrays arrays : HostileArrays.all()) {
      double[] millis = new double[DOUBLINGS + 1];
      for (int k = 0; k <= DOUBLINGS; k++) {
        millis[k] = millis(arrays, SMALL << k);
      }
      // A table of bounded size may still fill up in the first doublings; the last ones tell.
      double growth = Math.sqrt(millis[DOUBLINGS] / millis[DOUBLINGS - 2]);
      held &= growth <= MOST_GROWTH;
      System.out.printf("%-20s", arrays.name());
      for (double one : millis) {
        System.out.printf(" %9.1f", one);
      }
      System.out.printf(" %8.2fx%n", growth);
    }
    return held;
  }

  /** The least of several, in time of the processor. */
  private double millis(HostileArrays arrays, int n) {
    Observation left = CompareBenchmark.answer(arrays.control(n).getBytes(StandardCharsets.UTF_8));
    Observation right =
        CompareBenchmark.answer(arrays.candidate(n).getBytes(StandardCharsets.UTF_8));
    long least = Long.MAX_VALUE;
    for (int i = 0; i < ROUNDS; i++) {
      long before = threads.getCurrentThreadCpuTime();
      comparer.compare(left, right);
      least = Math.min(least, threads.getCurrentThreadCpuTime() - before);
    }
    return least / 1e6;
  }
}
