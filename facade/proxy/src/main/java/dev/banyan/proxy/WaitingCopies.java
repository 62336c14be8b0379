package dev.banyan.proxy;

import io.vertx.core.Context;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Copies that let live answers go first, and go together: nobody waits for a copy, and a few at a
 * time cost an event loop far fewer turns than one by one, their answers likewise. A look that
 * comes late tells that the loop works off a backlog, as after a pause of the machine: with copies
 * it would take it twice as long, and every client would wait for it, so they wait on. Where the
 * backlog does not end within milliseconds, the loop is simply full, and copies have their share of
 * it: what is beyond that is refused once too many wait.
 *
 * @param <T> a copy
 */
final class WaitingCopies<T> {
  private static final int MOST = 1024;

  /** What a copy waits for others to go with. */
  private static final int LOOK_MILLIS = 2;

  /** Where one look was not enough. */
  private static final int NEXT_LOOK_MILLIS = 1;

  /** A look that comes so much later than it was due finds a backlog. */
  private static final long BEHIND_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /** Copies that are sent at one look at the most; the live side comes in between. */
  private static final int AT_ONCE = 48;

  /**
   * And no more than twice as many as at the look before, or so many: where few were sent for a
   * while, few connections stand, and to open dozens in one turn would take milliseconds.
   */
  private static final int TO_BEGIN_WITH = 4;

  private final Context context;
  private final Consumer<T> sending;
  private final Deque<Copy<T>> waiting = new ArrayDeque<>();
  private boolean looks;
  private int sentBefore;

  private record Copy<T>(T job, long since) {}

  /**
   * @param context of the event loop on which all of this is called
   * @param sending is given each copy when it is time
   */
  WaitingCopies(Context context, Consumer<T> sending) {
    this.context = context;
    this.sending = sending;
  }

  /** To be called when a live answer has ended; false where too many wait. */
  boolean add(T job) {
    if (waiting.size() >= MOST) {
      return false;
    }
    waiting.add(new Copy<>(job, System.nanoTime()));
    lookIn(LOOK_MILLIS);
    return true;
  }

  /** All that wait go here instead: nobody will look for them any more. */
  void giveUp(Consumer<T> instead) {
    for (Copy<T> next = waiting.poll(); next != null; next = waiting.poll()) {
      instead.accept(next.job());
    }
  }

  private void lookIn(int millis) {
    if (!looks) {
      looks = true;
      long due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
      context.owner().setTimer(millis, t -> look(due));
    }
  }

  private void look(long due) {
    looks = false;
    long now = System.nanoTime();
    boolean backlog = now - due > BEHIND_NANOS;
    int most = Math.clamp(2L * sentBefore, TO_BEGIN_WITH, AT_ONCE);
    int sent = 0;
    Copy<T> next = waiting.peek();
    while (next != null && sent < most && (!backlog || now - next.since() > LONGEST_NANOS)) {
      waiting.remove();
      sending.accept(next.job());
      sent++;
      next = waiting.peek();
    }
    if (sent > 0 || !backlog) {
      sentBefore = sent;
    }
    if (next != null) {
      lookIn(NEXT_LOOK_MILLIS);
    }
  }
}
