package dev.banyan.parity.json;

/** A place in each of two texts as one number, so that a walk through both makes no objects. */
final class Places {
  /** No places: what was looked for is not there. */
  static final long NONE = -1;

  private static final int HALF = 32;

  private Places() {}

  static long of(int left, int right) {
    return ((long) left << HALF) | right;
  }

  static int left(long places) {
    return (int) (places >>> HALF);
  }

  static int right(long places) {
    return (int) places;
  }
}
