package dev.banyan.proxy.upstream;

import dev.banyan.rules.BreakerPolicy;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.faulttolerance.api.TypedGuard;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.jspecify.annotations.Nullable;

/**
 * Whether an upstream is asked at all. SmallRye Fault Tolerance keeps the books (window, share,
 * states); it is told what became of each request afterwards instead of being wrapped around it,
 * for the reasons and figures of docs/adr/0009-upstreams.md. For any thread.
 */
public final class UpstreamBreaker {
  /** What the breaker does with requests. */
  public enum State {
    CLOSED,
    OPEN,
    HALF_OPEN
  }

  private static final class NoAnswer extends RuntimeException {
    private static final long serialVersionUID = 1;

    private NoAnswer() {
      super("no answer", null, false, false);
    }
  }

  private final @Nullable TypedGuard<Boolean> books;
  private final long pauseNanos;
  private final AtomicLong nextTry = new AtomicLong();
  private volatile State state = State.CLOSED;

  public UpstreamBreaker(BreakerPolicy policy) {
    pauseNanos = policy.pause().toNanos();
    books =
        policy.opens()
            ? TypedGuard.create(Boolean.class)
                .withCircuitBreaker()
                .failureRatio(policy.failures().fraction())
                .requestVolumeThreshold(policy.of())
                .delay(policy.pause().toMillis(), ChronoUnit.MILLIS)
                .successThreshold(1)
                .onStateChange(this::changed)
                .done()
                .build()
            : null;
  }

  /**
   * To be called once before the first breaker is made, and not on an event loop: SmallRye's timer
   * thread takes after the thread that makes it, and must not keep a process alive.
   */
  public static void prepare() {
    try {
      Thread.ofPlatform()
          .daemon()
          .start(() -> new UpstreamBreaker(BreakerPolicy.DEFAULT).answered())
          .join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void changed(CircuitBreakerState to) {
    switch (to) {
      case OPEN -> {
        nextTry.set(System.nanoTime() + pauseNanos);
        state = State.OPEN;
      }
      case HALF_OPEN -> state = State.HALF_OPEN;
      case CLOSED -> state = State.CLOSED;
    }
  }

  /** Whether a request may go; of an open breaker, one at each pause. */
  public boolean lets() {
    if (state == State.CLOSED) {
      return true;
    }
    long now = System.nanoTime();
    long due = nextTry.get();
    return now - due >= 0 && nextTry.compareAndSet(due, now + pauseNanos);
  }

  public void answered() {
    tell(true);
  }

  public void failed() {
    tell(false);
  }

  private void tell(boolean answered) {
    TypedGuard<Boolean> told = books;
    if (told == null) {
      return;
    }
    try {
      told.get(() -> outcome(answered));
    } catch (NoAnswer | CircuitBreakerOpenException known) {
      // The books have it; nobody waits for what they return.
      return;
    }
  }

  private static Boolean outcome(boolean answered) {
    if (!answered) {
      throw new NoAnswer();
    }
    return Boolean.TRUE;
  }

  public State state() {
    return state;
  }
}
