package dev.banyan.parity.json;

/**
 * Tells at the speed of reading that two JSON texts say the same: white space, escapes, the writing
 * of numbers and the order of members aside. It never makes a tree; where it says no, the trees may
 * still be equal. UTF-8 only.
 *
 * <p>Both texts are walked together. Where the names of two members differ, those of the second
 * text are passed over until the name is found, and remembered: most objects are in one order but
 * for a few members.
 */
public final class JsonStream {
  /** How often the second text may be passed over, all in all, as nested objects add up. */
  private static final int PASSES = 4;

  private final byte[] a;
  private final byte[] b;
  private final Passed passed = new Passed();
  private final Shapes shapes = new Shapes();
  private long passesLeft;

  JsonStream(byte[] a, byte[] b) {
    this.a = a;
    this.b = b;
    this.passesLeft = PASSES * (long) b.length;
  }

  public static boolean sameTokens(byte[] a, byte[] b) {
    return new JsonStream(a, b).same();
  }

  private boolean same() {
    long end = value(JsonBytes.space(a, mark(a)), JsonBytes.space(b, mark(b)), 0);
    return end >= 0
        && JsonBytes.space(a, Places.left(end)) == a.length
        && JsonBytes.space(b, Places.right(end)) == b.length;
  }

  static int mark(byte[] bytes) {
    boolean marked =
        bytes.length >= 3
            && bytes[0] == (byte) 0xEF
            && bytes[1] == (byte) 0xBB
            && bytes[2] == (byte) 0xBF;
    return marked ? 3 : 0;
  }

  /**
   * Two values that begin at these places.
   *
   * @return the places behind them, likewise below; {@link Places#NONE} where they are not the same
   */
  long value(int i, int j, int depth) {
    if (i >= a.length || j >= b.length || depth > JsonReader.MAX_DEPTH) {
      return Places.NONE;
    }
    byte first = a[i];
    if (first == '"') {
      return b[j] == '"' ? JsonScalars.string(a, i + 1, b, j + 1) : Places.NONE;
    }
    return first <= '9' ? JsonScalars.number(a, i, b, j) : other(i, j, depth);
  }

  private long other(int i, int j, int depth) {
    if (a[i] != b[j]) {
      return Places.NONE;
    }
    return switch (a[i]) {
      case '{' -> object(i + 1, j + 1, depth);
      case '[' -> array(i + 1, j + 1, depth);
      case 't' -> JsonScalars.word("true", a, i, b, j);
      case 'f' -> JsonScalars.word("false", a, i, b, j);
      case 'n' -> JsonScalars.word("null", a, i, b, j);
      default -> Places.NONE;
    };
  }

  private long array(int fromA, int fromB, int depth) {
    int i = JsonBytes.space(a, fromA);
    int j = JsonBytes.space(b, fromB);
    if (i < a.length && a[i] == ']') {
      return j < b.length && b[j] == ']' ? Places.of(i + 1, j + 1) : Places.NONE;
    }
    while (true) {
      long end = value(i, j, depth + 1);
      if (end < 0) {
        return Places.NONE;
      }
      i = JsonBytes.behind(a, Places.left(end), ',');
      j = JsonBytes.behind(b, Places.right(end), ',');
      if (i < 0 || j < 0) {
        return i < 0 && j < 0 ? closed(end, ']') : Places.NONE;
      }
    }
  }

  private long object(int fromA, int fromB, int depth) {
    int[] shape = shapes.at(depth);
    int i = fromA;
    int j = fromB;
    for (int member = 0; ; member++) {
      long value = Shapes.next(shape, member, a, i, b, j);
      if (value < 0) {
        int left = member == 0 ? JsonBytes.space(a, i) : JsonBytes.behind(a, i, ',');
        int right = member == 0 ? JsonBytes.space(b, j) : JsonBytes.behind(b, j, ',');
        if (!isQuote(a, left) || !isQuote(b, right)) {
          return closed(Places.of(i, j), '}');
        }
        value = names(shape, member, i, left, j, right);
        if (value < 0) {
          long end = otherOrder(left, right, depth);
          if (end < 0) {
            return Places.NONE;
          }
          i = Places.left(end);
          j = Places.right(end);
          continue;
        }
      }
      long end = value(Places.left(value), Places.right(value), depth + 1);
      if (end < 0) {
        return Places.NONE;
      }
      i = Places.left(end);
      j = Places.right(end);
    }
  }

  /** At two names: the places of their values, where the names are the same. */
  private long names(int[] shape, int member, int fromA, int left, int fromB, int right) {
    long name = JsonScalars.string(a, left + 1, b, right + 1);
    long value = name < 0 ? Places.NONE : colons(Places.left(name), Places.right(name));
    if (value >= 0) {
      Shapes.put(shape, member, fromA, Places.left(value), fromB, Places.right(value));
    }
    return value;
  }

  private long colons(int i, int j) {
    int left = JsonBytes.behind(a, i, ':');
    int right = JsonBytes.behind(b, j, ':');
    return left < 0 || right < 0 ? Places.NONE : Places.of(left, right);
  }

  private static boolean isQuote(byte[] bytes, int at) {
    return at >= 0 && at < bytes.length && bytes[at] == '"';
  }

  private long closed(long from, char bracket) {
    int i = JsonBytes.space(a, Places.left(from));
    int j = JsonBytes.space(b, Places.right(from));
    boolean both = i < a.length && j < b.length && a[i] == bracket && b[j] == bracket;
    return both ? Places.of(i + 1, j + 1) : Places.NONE;
  }

  /**
   * At the opening quotes of two names that are not the same: goes on until as many members of
   * either text are done, each with the one of its name.
   */
  private long otherOrder(int fromA, int fromB, int depth) {
    int mark = passed.mark();
    int i = fromA;
    int j = fromB;
    int waiting = 0;
    boolean behindMember = false;
    while (true) {
      int nameEnd = isQuote(a, i) ? JsonBytes.plainEnd(a, i + 1) : -1;
      if (nameEnd < 0) {
        return Places.NONE;
      }
      int member = waiting == 0 ? -1 : passed.take(mark, b, a, i + 1, nameEnd);
      int before = passed.mark();
      int valueB =
          member >= 0
              ? passed.valueFrom(member)
              : passOver(mark, behindMember ? JsonBytes.behind(b, j, ',') : j, i + 1, nameEnd);
      int valueA = JsonBytes.behind(a, nameEnd + 1, ':');
      // One place for all values: each one more takes the compiler far longer.
      long end = valueA < 0 || valueB < 0 ? Places.NONE : value(valueA, valueB, depth + 1);
      if (end < 0) {
        return Places.NONE;
      }
      i = Places.left(end);
      if (member < 0) {
        waiting += passed.since(before);
        j = Places.right(end);
        behindMember = true;
      } else if (Places.right(end) != passed.valueTo(member)) {
        return Places.NONE;
      } else if (--waiting == 0) {
        passed.backTo(mark);
        return Places.of(i, j);
      }
      i = JsonBytes.behind(a, i, ',');
      if (i < 0) {
        return Places.NONE;
      }
    }
  }

  /**
   * Goes on in the second text to the member of a name of the first text.
   *
   * @param from of the opening quotes of a name
   * @return the place of its value; -1 where there is no such member
   */
  private int passOver(int mark, int from, int nameFrom, int nameTo) {
    int at = from;
    while (isQuote(b, at)) {
      int end = JsonBytes.plainEnd(b, at + 1);
      if (end < 0) {
        // A name with escapes: it may be the one that is searched for, so a tree decides.
        return -1;
      }
      int value = JsonBytes.behind(b, end + 1, ':');
      if (JsonBytes.same(a, nameFrom, nameTo, b, at + 1, end)) {
        return value;
      }
      int valueEnd = value < 0 ? -1 : JsonBytes.valueEnd(b, value);
      passesLeft -= valueEnd - value;
      if (valueEnd < 0 || passesLeft < 0 || !passed.add(mark, at + 1, end, value, valueEnd)) {
        return -1;
      }
      at = JsonBytes.behind(b, valueEnd, ',');
    }
    return -1;
  }
}
