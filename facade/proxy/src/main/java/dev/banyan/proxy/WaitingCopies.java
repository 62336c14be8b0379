package dev.banyan.proxy;

import io.netty.channel.SingleThreadEventLoop;
import io.vertx.core.Context;
import io.vertx.core.impl.ContextInternal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Copies that let live answers go first. While the event loop has time, each goes at the end of the
 * turn in which its live answer ended: who comes next waits for these few and no longer. In a turn
 * in which many live answers end the loop is busy, and they go together: a few dozen at a time cost
 * it fewer turns than a handful, and so do their answers. A look that comes late tells that the
 * loop works off a backlog, as after a pause of the machine: with copies it would take it twice as
 * long, and every client would wait for it, so they wait on. Where the backlog does not end within
 * milliseconds, the loop is simply full, and copies have their share of it: what is beyond that is
 * refused once too many wait.
 *
 * @param <T> a copy
 */
final class WaitingCopies<T> {
  private static final int MOST = 1024;

  /**
   * Copies that do not wait for others to go with; more of them in one turn tell of a busy loop.
   */
  private static final int FEW = 4;

  /** What copies of a busy loop wait for others to go with. */
  private static final long TOGETHER_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  /** Where one look was not enough. */
  private static final long NEXT_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

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

  private final ContextInternal context;
  private final SingleThreadEventLoop loop;
  private final Runnable atTurnsEnd;
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
    this.context = (ContextInternal) context;
    this.loop = (SingleThreadEventLoop) this.context.nettyEventLoop();
    this.atTurnsEnd = () -> this.context.dispatch(v -> turnEnds());
    this.sending = sending;
  }

  /** To be called when a live answer has ended; false where too many wait. */
  boolean add(T job) {
    if (waiting.size() >= MOST) {
      return false;
    }
    waiting.add(new Copy<>(job, System.nanoTime()));
    if (!looks) {
      looks = true;
      loop.executeAfterEventLoopIteration(atTurnsEnd);
    }
    return true;
  }

  /** All that wait go here instead: nobody will look for them any more. */
  void giveUp(Consumer<T> instead) {
    for (Copy<T> next = waiting.poll(); next != null; next = waiting.poll()) {
      instead.accept(next.job());
    }
  }

  private void turnEnds() {
    Copy<T> first = waiting.peek();
    if (first == null) {
      looks = false; // all were given up meanwhile
    } else if (waiting.size() > FEW) {
      lookIn(first.since() + TOGETHER_NANOS - System.nanoTime());
    } else {
      look(first.since());
    }
  }

  /** In a later turn, however little is left: the live side comes in between. */
  private void lookIn(long nanos) {
    looks = true;
    long due = System.nanoTime() + nanos;
    var _ = loop.schedule(() -> context.dispatch(v -> look(due)), nanos, TimeUnit.NANOSECONDS);
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
      lookIn(NEXT_LOOK_NANOS);
    }
  }
}
