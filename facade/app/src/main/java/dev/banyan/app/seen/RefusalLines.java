package dev.banyan.app.seen;

import dev.banyan.proxy.RefusedRequest;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Which refusals get an access line: a flood that is refused must not become one of lines. What is
 * over is told of in one line a second.
 */
final class RefusalLines {
  private static final int PER_SECOND = 50;
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final AccessLog access;
  private final LineBudget budget = new LineBudget(PER_SECOND);
  private long told = System.nanoTime();

  RefusalLines(AccessLog access) {
    this.access = access;
  }

  /** What is to be written of it, or null; on any thread. */
  @Nullable SeenRefusal lineOf(RefusedRequest refused, long nanoTime) {
    return access.wanted() && budget.take(nanoTime)
        ? new SeenRefusal(refused, System.currentTimeMillis())
        : null;
  }

  /**
   * Writes how many had no line, at most once a second; on the one thread that writes.
   *
   * @param last whether nothing follows
   */
  void tellOfOthers(long nanoTime, boolean last) {
    if (!last && nanoTime - told < SECOND) {
      return;
    }
    told = nanoTime;
    long count = budget.takeSuppressed();
    if (count > 0) {
      access.writeSuppressed(count, System.currentTimeMillis());
    }
  }
}
