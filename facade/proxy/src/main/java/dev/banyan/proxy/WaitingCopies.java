package dev.banyan.proxy;

import io.vertx.core.Context;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Copies that let live answers go first. An event loop that works off a backlog, as after a pause
 * of the machine, sends no copies meanwhile: with them it would take it twice as long, and every
 * client would wait for it. Where the backlog does not end within milliseconds, the loop is simply
 * full, and copies have their share of it: what is beyond that is refused once too many wait.
 *
 * @param <T> a copy
 */
final class WaitingCopies<T> {
  private static final int MOST = 1024;

  /** Live answers that ended between two looks from which on there is a backlog. */
  private static final int BACKLOG = 3;

  private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /** Copies that are sent at one look; the live side comes in between. */
  private static final int AT_ONCE = 8;

  private static final int LATE_AT_ONCE = 16;
  private static final int LOOK_MILLIS = 1;

  private final Context context;
  private final Consumer<T> sending;
  private final Deque<Copy<T>> waiting = new ArrayDeque<>();
  private int came;
  private boolean looks;
  private boolean looksLater;

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
    came++;
    if (!looks) {
      looks = true;
      // When what has been read from the sockets is worked off.
      context.runOnContext(v -> look());
    }
    return true;
  }

  private void look() {
    looks = false;
    boolean backlog = came >= BACKLOG;
    came = 0;
    long late = System.nanoTime() - LONGEST_NANOS;
    int sent = 0;
    Copy<T> next = waiting.peek();
    while (next != null
        && (next.since() - late < 0 ? sent < LATE_AT_ONCE : !backlog && sent < AT_ONCE)) {
      waiting.remove();
      sending.accept(next.job());
      sent++;
      next = waiting.peek();
    }
    if (next != null && !looksLater) {
      looksLater = true;
      context
          .owner()
          .setTimer(
              LOOK_MILLIS,
              t -> {
                looksLater = false;
                look();
              });
    }
  }
}
