package dev.banyan.proxy.copies;

import org.jspecify.annotations.Nullable;

/** One copy's place: in the line for a connection, then on one. */
final class Place implements CopyStream {
  final Copy copy;
  private final CopyPool pool;
  private @Nullable CopyConnection on;
  private boolean over;

  Place(Copy copy, CopyPool pool) {
    this.copy = copy;
    this.pool = pool;
  }

  void on(CopyConnection connection) {
    on = connection;
  }

  /** Whether nobody is to be told any more. */
  boolean isOver() {
    return over;
  }

  /** True for the first who asks: nothing is told twice. */
  boolean end() {
    boolean first = !over;
    over = true;
    return first;
  }

  @Override
  public void cut() {
    if (!end()) {
      return;
    }
    if (on == null) {
      pool.leaves(this);
    } else {
      on.close();
    }
  }
}
