package dev.banyan.proxy;

import io.netty.channel.SingleThreadEventLoop;
import io.vertx.core.Context;
import io.vertx.core.impl.ContextInternal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Copies that let live requests go first. They go at the ends of turns of the event loop in which
 * nothing happened on the live side, a few at a time: who comes next waits for these few and no
 * longer, and a backlog, as after a pause of the machine, is worked off in the time that it would
 * take without them. Where no such turn comes within milliseconds, the loop is simply full, and
 * copies have their share of it. A copy whose candidate has no room waits for it, for a while: who
 * has been kept waiting comes in a crowd.
 *
 * @param <T> a copy
 */
final class WaitingCopies<T> {
  private static final int MOST = 1024;

  /** Copies that go in one turn. */
  private static final int FEW = 4;

  /** A copy that waited so long waits for no quiet turn any more. */
  private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /** A copy that waited so long waits for no room at its candidate any more. */
  private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final ContextInternal context;
  private final SingleThreadEventLoop loop;
  private final Runnable atTurnsEnd;
  private final Predicate<T> room;
  private final Consumer<T> sending;
  private final Deque<Copy<T>> waiting = new ArrayDeque<>();
  private boolean looks;
  private boolean patienceEnds;
  private boolean liveMoved;
  private int endedInTurn;
  private int mostNext;

  private record Copy<T>(T job, long since) {}

  /**
   * @param context of the event loop on which all of this is called
   * @param room whether its candidate has room for a copy
   * @param sending is given each copy when it is time
   */
  WaitingCopies(Context context, Predicate<T> room, Consumer<T> sending) {
    this.context = (ContextInternal) context;
    this.loop = (SingleThreadEventLoop) this.context.nettyEventLoop();
    this.atTurnsEnd = () -> this.context.dispatch(v -> turnEnds());
    this.room = room;
    this.sending = sending;
  }

  /** To be called when a live answer has ended; false where too many wait. */
  boolean add(T job) {
    endedInTurn++;
    liveMoved = true;
    boolean taken = waiting.size() < MOST;
    if (taken) {
      waiting.add(new Copy<>(job, System.nanoTime()));
      lookAtTurnsEnd();
    }
    return taken;
  }

  /** To be called when a live request begins. */
  void liveBegins() {
    liveMoved = true;
  }

  /** All that wait go here instead: nobody will look for them any more. */
  void giveUp(Consumer<T> instead) {
    for (Copy<T> next = waiting.poll(); next != null; next = waiting.poll()) {
      instead.accept(next.job());
    }
  }

  private void lookAtTurnsEnd() {
    if (!looks) {
      looks = true;
      loop.executeAfterEventLoopIteration(atTurnsEnd);
    }
  }

  private void turnEnds() {
    looks = false;
    int ended = endedInTurn;
    endedInTurn = 0;
    boolean quiet = !liveMoved;
    liveMoved = false;
    if (quiet) {
      send(FEW, 0);
    } else {
      sendOverdue(ended);
    }
    Copy<T> first = waiting.peek();
    if (first != null && isHeld(first, System.nanoTime())) {
      waitForRoom(first);
    } else if (first != null) {
      // Not in this turn, of which this is the end: the live side comes in between.
      loop.execute(this::lookAtTurnsEnd);
    }
  }

  /**
   * As many as come, and some more. After a rest few connections to the candidate stand, and to
   * open dozens in one turn takes long.
   */
  private void sendOverdue(int ended) {
    int sent = send(Math.clamp(mostNext, FEW, ended + FEW), LONGEST_NANOS);
    mostNext = Math.max(2 * sent, mostNext - 1);
  }

  private void waitForRoom(Copy<T> first) {
    if (!patienceEnds) {
      patienceEnds = true;
      long nanos = first.since() + PATIENCE_NANOS - System.nanoTime();
      var _ = loop.schedule(this::patienceEnds, nanos, TimeUnit.NANOSECONDS);
    }
  }

  private void patienceEnds() {
    patienceEnds = false;
    roomAgain();
  }

  /** To be called when a candidate may have room again. */
  void roomAgain() {
    if (!waiting.isEmpty()) {
      lookAtTurnsEnd();
    }
  }

  private boolean isHeld(Copy<T> copy, long now) {
    return now - copy.since() < PATIENCE_NANOS && !room.test(copy.job());
  }

  /** Those that wait so long already, the oldest first; tells how many went. */
  private int send(int most, long waitedNanos) {
    long now = System.nanoTime();
    int sent = 0;
    Copy<T> next = waiting.peek();
    while (next != null && sent < most && now - next.since() >= waitedNanos && !isHeld(next, now)) {
      waiting.remove();
      sending.accept(next.job());
      sent++;
      next = waiting.peek();
    }
    return sent;
  }
}
