package dev.banyan.parity.json;

import org.jspecify.annotations.Nullable;

/**
 * What stood before the values of the last object of each level: the comma, the name and the colon
 * with their white space, in either text. The elements of an array are mostly written alike, so
 * that the same bytes at the same member need not be taken apart again.
 */
final class Shapes {
  /** Members of one object. */
  private static final int MOST = 64;

  private static final int FIELDS = 4;

  private final int[] @Nullable [] levels = new int[JsonReader.MAX_DEPTH + 1][];

  /**
   * @param level of the object
   * @return for the other methods; the same one for all objects of the level
   */
  int[] at(int level) {
    int[] shape = levels[level];
    if (shape == null) {
      shape = new int[MOST * FIELDS];
      levels[level] = shape;
    }
    return shape;
  }

  /**
   * @param member counted from 0
   * @param fromA to {@code toA}: from behind the value before, or the bracket, to the value
   */
  static void put(int[] shape, int member, int fromA, int toA, int fromB, int toB) {
    if (member < MOST) {
      int at = member * FIELDS;
      shape[at] = fromA;
      shape[at + 1] = toA - fromA;
      shape[at + 2] = fromB;
      shape[at + 3] = toB - fromB;
    }
  }

  /** The places of the values, where the same stands before them as last time. */
  static long next(int[] shape, int member, byte[] a, int i, byte[] b, int j) {
    if (member >= MOST) {
      return Places.NONE;
    }
    int at = member * FIELDS;
    int lengthA = shape[at + 1];
    int lengthB = shape[at + 3];
    return lengthA > 0
            && JsonBytes.again(a, shape[at], i, lengthA)
            && JsonBytes.again(b, shape[at + 2], j, lengthB)
        ? Places.of(i + lengthA, j + lengthB)
        : Places.NONE;
  }
}
