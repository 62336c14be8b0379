package dev.banyan.app.privacy;

import org.jspecify.annotations.Nullable;

/**
 * A failure without its message, for logs: the messages of parsers quote what they could not read.
 */
public final class Silenced extends RuntimeException {
  private static final long serialVersionUID = 1;
  private static final int DEEPEST = 5;

  private Silenced(Throwable failure, int depth) {
    super(failure.getClass().getName(), cause(failure, depth), false, true);
    setStackTrace(failure.getStackTrace());
  }

  private static @Nullable Silenced cause(Throwable failure, int depth) {
    Throwable cause = failure.getCause();
    return cause == null || depth == DEEPEST ? null : new Silenced(cause, depth + 1);
  }

  /** Its kind, where it happened, and the same of its causes. */
  public static Silenced of(Throwable failure) {
    return new Silenced(failure, 0);
  }
}
