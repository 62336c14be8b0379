package dev.banyan.parity.align;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * How long one comparison may take. It holds for whatever one thread does inside {@link #within},
 * so that loops deep inside can look at it without being handed it.
 */
public final class Deadline {
  private static final ScopedValue<Deadline> RUNNING = ScopedValue.newInstance();

  /** Looks between two at the clock, less one: reading it costs more than a small step. */
  private static final int STEPS = 0xFF;

  private final long end;
  private int steps;

  private Deadline(long end) {
    this.end = end;
  }

  /**
   * @throws TookTooLong once {@link #step} is called after the limit
   */
  public static <T> T within(Duration limit, Supplier<T> work) {
    Deadline deadline = new Deadline(System.nanoTime() + limit.toNanos());
    return ScopedValue.where(RUNNING, deadline).call(work::get);
  }

  /** One step of a loop whose length somebody else decides. */
  public static void step() {
    if (RUNNING.isBound()) {
      RUNNING.get().look();
    }
  }

  private void look() {
    if ((++steps & STEPS) == 0 && System.nanoTime() - end >= 0) {
      throw new TookTooLong();
    }
  }

  /** The limit is over. */
  public static final class TookTooLong extends RuntimeException {
    private static final long serialVersionUID = 1;

    TookTooLong() {
      super("took too long", null, false, false);
    }
  }
}
