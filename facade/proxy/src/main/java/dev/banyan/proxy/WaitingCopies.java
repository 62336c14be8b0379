package dev.banyan.proxy;

import io.vertx.core.Context;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The copies of one event loop on their way to the {@link CopyLoop} beside it, which lets live
 * answers go first. They go together: nobody waits for a copy, and a few at a time cost far fewer
 * turns than one by one, their answers likewise. Where the loop beside does not come to them, for
 * the processor is full, the live one sends them after all, and copies have their share of it: what
 * is beyond that is refused once too many wait.
 *
 * @param <T> a copy
 */
final class WaitingCopies<T> {
  private static final int MOST = 2048;

  /** What a copy waits for others to go with. */
  private static final int LOOK_MILLIS = 2;

  /** Where one look was not enough. */
  private static final int NEXT_LOOK_MILLIS = 1;

  /** Looks that find nothing before the loop beside is to be woken again. */
  private static final int LOOKS_FOR_NOTHING = 25;

  /** How often the live loop looks whether it is needed. */
  private static final int HELP_MILLIS = 10;

  /** What has waited for so long is late. */
  private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /** And for so long, has waited long enough for the candidate to have room for it. */
  private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** Copies that are sent at one look at the most; the live side comes in between. */
  private static final int AT_ONCE = 48;

  /**
   * And no more than twice as many as at the look before, or so many: where few were sent for a
   * while, few connections stand, and to open dozens in one turn would take milliseconds.
   */
  private static final int TO_BEGIN_WITH = 4;

  private final Queue<Copy<T>> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();
  private final AtomicBoolean asleep = new AtomicBoolean(true);
  private final Sending<T> beside;
  private final Sending<T> live;
  private int looksForNothing;
  private boolean helps;
  private boolean late;

  private record Copy<T>(T job, long since) {}

  /** Sends copies, on its event loop. */
  interface Sender<T> {
    /**
     * Sends this one.
     *
     * @param last whether it cannot wait any longer, and is to be counted as not sent otherwise
     * @return false where there is no room for it now: it is asked again
     */
    boolean send(T job, boolean last);
  }

  /** One of the two event loops. */
  static final class Sending<T> {
    private final Context context;
    private final Sender<T> sender;
    private int before;

    Sending(Context context, Sender<T> sender) {
      this.context = context;
      this.sender = sender;
    }

    private void in(int millis, Runnable look) {
      context.owner().setTimer(millis, t -> look.run());
    }
  }

  WaitingCopies(Sending<T> beside, Sending<T> live) {
    this.beside = beside;
    this.live = live;
  }

  /** To be called on the live loop when an answer has ended; false where too many wait. */
  boolean add(T job) {
    if (count.get() >= MOST) {
      return false;
    }
    count.incrementAndGet();
    waiting.add(new Copy<>(job, System.nanoTime()));
    if (asleep.get() && asleep.compareAndSet(true, false)) {
      beside.context.runOnContext(v -> beside.in(LOOK_MILLIS, this::look));
    }
    if (!helps) {
      helps = true;
      live.in(HELP_MILLIS, this::help);
    }
    return true;
  }

  /** On the loop beside, which looks again whatever a copy did. */
  private void look() {
    int sent = 1;
    try {
      sent = send(beside, 0);
    } finally {
      looksForNothing = sent == 0 ? looksForNothing + 1 : 0;
      lookAgain();
    }
  }

  private void lookAgain() {
    if (!waiting.isEmpty()) {
      beside.in(NEXT_LOOK_MILLIS, this::look);
    } else if (looksForNothing < LOOKS_FOR_NOTHING || !mayRest()) {
      beside.in(LOOK_MILLIS, this::look);
    }
  }

  /** Not where one has been added since, by somebody who took this loop for awake. */
  private boolean mayRest() {
    looksForNothing = 0;
    asleep.set(true);
    return waiting.isEmpty() || !asleep.compareAndSet(true, false);
  }

  /**
   * On the live loop: where copies are late twice in a row, it was not one pause of the machine.
   */
  private void help() {
    boolean before = late;
    late = isLate(waiting.peek(), System.nanoTime(), LATE_NANOS);
    try {
      if (late && before) {
        send(live, LATE_NANOS);
      }
    } finally {
      helps = !waiting.isEmpty();
      if (helps) {
        live.in(late && before ? NEXT_LOOK_MILLIS : HELP_MILLIS, this::help);
      }
    }
  }

  /** Sends those that have waited for so long, but not too many. */
  private int send(Sending<T> by, long nanos) {
    long now = System.nanoTime();
    int most = Math.clamp(2L * by.before, TO_BEGIN_WITH, AT_ONCE);
    int sent = 0;
    // Each of them once: those that there is no room for go to the end.
    for (int i = count.get(); i > 0 && sent < most && isLate(waiting.peek(), now, nanos); i--) {
      Copy<T> next = waiting.poll();
      if (next == null) {
        break; // the other loop was faster
      }
      count.decrementAndGet();
      if (by.sender.send(next.job(), now - next.since() > LONGEST_NANOS)) {
        sent++;
      } else {
        count.incrementAndGet();
        waiting.add(next);
      }
    }
    by.before = sent;
    return sent;
  }

  private static boolean isLate(@Nullable Copy<?> copy, long now, long nanos) {
    return copy != null && now - copy.since() >= nanos;
  }
}
