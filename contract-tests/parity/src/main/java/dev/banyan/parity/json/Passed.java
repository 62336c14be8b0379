package dev.banyan.parity.json;

import java.util.Arrays;

/**
 * Members that were passed over on the way to another one: where their names and values stand. One
 * stack for a whole document; what an object put on it, it takes away.
 */
final class Passed {
  /** Members of one object, at the most: they are searched one by one. */
  private static final int MOST = 64;

  private static final int FIELDS = 4;
  private static final int TAKEN = -1;

  private int[] places = new int[0];
  private int top;

  /** What stands on the stack now is another object's. */
  int mark() {
    return top;
  }

  /** How many members were added since then. */
  int since(int mark) {
    return (top - mark) / FIELDS;
  }

  void backTo(int mark) {
    top = mark;
  }

  /** Whether there was room. */
  boolean add(int mark, int nameFrom, int nameTo, int valueFrom, int valueTo) {
    if (top - mark >= MOST * FIELDS) {
      return false;
    }
    if (top == places.length) {
      places = Arrays.copyOf(places, Math.max(MOST, 2 * places.length));
    }
    places[top++] = nameFrom;
    places[top++] = nameTo;
    places[top++] = valueFrom;
    places[top++] = valueTo;
    return true;
  }

  /**
   * Takes the first member of that name.
   *
   * @return for {@link #valueFrom} and {@link #valueTo}; -1 where there is none
   */
  int take(int mark, byte[] bytes, byte[] names, int nameFrom, int nameTo) {
    for (int at = mark; at < top; at += FIELDS) {
      if (places[at] != TAKEN
          && JsonBytes.same(bytes, places[at], places[at + 1], names, nameFrom, nameTo)) {
        places[at] = TAKEN;
        return at;
      }
    }
    return -1;
  }

  int valueFrom(int member) {
    return places[member + 2];
  }

  int valueTo(int member) {
    return places[member + 3];
  }
}
