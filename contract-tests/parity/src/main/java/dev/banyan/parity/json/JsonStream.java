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
  private long passesLeft;
  private int i;
  private int j;

  private JsonStream(byte[] a, byte[] b) {
    this.a = a;
    this.b = b;
    this.passesLeft = PASSES * (long) b.length;
  }

  public static boolean sameTokens(byte[] a, byte[] b) {
    return new JsonStream(a, b).same();
  }

  private boolean same() {
    i = JsonBytes.space(a, mark(a));
    j = JsonBytes.space(b, mark(b));
    return value(0) && JsonBytes.space(a, i) == a.length && JsonBytes.space(b, j) == b.length;
  }

  private static int mark(byte[] bytes) {
    boolean marked =
        bytes.length >= 3
            && bytes[0] == (byte) 0xEF
            && bytes[1] == (byte) 0xBB
            && bytes[2] == (byte) 0xBF;
    return marked ? 3 : 0;
  }

  /** At the beginning of two values; ends behind them. */
  private boolean value(int depth) {
    if (i >= a.length || j >= b.length || depth > JsonReader.MAX_DEPTH) {
      return false;
    }
    byte first = a[i];
    return switch (first) {
      case '"' -> b[j] == first && string();
      case '{' -> b[j] == first && object(depth);
      case '[' -> b[j] == first && array(depth);
      case 't' -> word("true");
      case 'f' -> word("false");
      case 'n' -> word("null");
      default -> number();
    };
  }

  private boolean array(int depth) {
    i++;
    j++;
    for (boolean begun = false; ; begun = true) {
      i = next(a, i, begun, ']');
      j = next(b, j, begun, ']');
      if (i < 0 || j < 0 || (a[i] == ']') != (b[j] == ']')) {
        return false;
      }
      if (a[i] == ']') {
        i++;
        j++;
        return true;
      }
      if (!value(depth + 1)) {
        return false;
      }
    }
  }

  private boolean object(int depth) {
    i++;
    j++;
    int mark = passed.mark();
    int waiting = 0;
    boolean begunA = false;
    boolean begunB = false;
    while (true) {
      i = next(a, i, begunA, '}');
      if (i < 0 || a[i] == '}') {
        break;
      }
      begunA = true;
      if (a[i] != '"') {
        return false;
      }
      int name = i;
      int before = j;
      if (waiting == 0) {
        j = next(b, j, begunB, '}');
        if (j < 0 || b[j] != '"') {
          return false;
        }
        if (string()) {
          begunB = true;
          if (!colons() || !value(depth + 1)) {
            return false;
          }
          continue;
        }
      }
      i = name;
      j = before;
      int nameEnd = JsonBytes.plainEnd(a, i + 1);
      if (nameEnd < 0) {
        return false;
      }
      int member = waiting == 0 ? -1 : passed.take(mark, b, a, i + 1, nameEnd);
      if (member >= 0) {
        i = nameEnd + 1;
        int frontier = j;
        j = passed.valueFrom(member);
        if (!colonOfA() || !value(depth + 1) || j != passed.valueTo(member)) {
          return false;
        }
        j = frontier;
        waiting--;
        if (waiting == 0) {
          passed.backTo(mark);
        }
        continue;
      }
      int passedOver = passOver(mark, begunB, nameEnd);
      if (passedOver < 0) {
        return false;
      }
      waiting += passedOver;
      begunB = true;
      i = nameEnd + 1;
      if (!colonOfA() || !value(depth + 1)) {
        return false;
      }
    }
    j = next(b, j, begunB, '}');
    if (i < 0 || j < 0 || b[j] != '}' || waiting > 0) {
      return false;
    }
    i++;
    j++;
    return true;
  }

  /**
   * Goes on in the second text to the value of the member that the first text stands at.
   *
   * @return how many members were passed over; -1 where there is no such member
   */
  private int passOver(int mark, boolean begun, int nameEnd) {
    int count = 0;
    for (boolean more = begun; ; more = true) {
      j = next(b, j, more, '}');
      int end = j < 0 || b[j] != '"' ? -1 : JsonBytes.plainEnd(b, j + 1);
      if (end < 0) {
        // The end, or a name with escapes: it may be one that is searched for, so a tree decides.
        return -1;
      }
      int colon = JsonBytes.space(b, end + 1);
      if (colon >= b.length || b[colon] != ':') {
        return -1;
      }
      int value = JsonBytes.space(b, colon + 1);
      if (JsonBytes.same(a, i + 1, nameEnd, b, j + 1, end)) {
        j = value;
        return count;
      }
      int valueEnd = JsonBytes.valueEnd(b, value);
      passesLeft -= valueEnd - value;
      if (valueEnd < 0 || passesLeft < 0 || !passed.add(mark, j + 1, end, value, valueEnd)) {
        return -1;
      }
      j = valueEnd;
      count++;
    }
  }

  private boolean colons() {
    j = JsonBytes.space(b, j);
    if (j >= b.length || b[j] != ':') {
      return false;
    }
    j = JsonBytes.space(b, j + 1);
    return colonOfA();
  }

  private boolean colonOfA() {
    i = JsonBytes.space(a, i);
    if (i >= a.length || a[i] != ':') {
      return false;
    }
    i = JsonBytes.space(a, i + 1);
    return true;
  }

  /** At the opening quotes; ends behind the closing ones. */
  private boolean string() {
    i++;
    j++;
    while (true) {
      int alike = JsonBytes.alike(a, i, b, j);
      i += alike;
      j += alike;
      if (i >= a.length || j >= b.length) {
        return false;
      }
      if (a[i] == '"' || b[j] == '"') {
        return a[i++] == b[j++];
      }
      long left = JsonEscapes.read(a, i);
      if (left == JsonEscapes.NONE) {
        return false;
      }
      long right = JsonEscapes.read(b, j);
      if (right == JsonEscapes.NONE
          || JsonEscapes.character(left) != JsonEscapes.character(right)) {
        return false;
      }
      i += JsonEscapes.width(left);
      j += JsonEscapes.width(right);
    }
  }

  private boolean word(String word) {
    for (int k = 0; k < word.length(); k++) {
      if (i + k >= a.length
          || j + k >= b.length
          || a[i + k] != word.charAt(k)
          || b[j + k] != word.charAt(k)) {
        return false;
      }
    }
    i += word.length();
    j += word.length();
    return true;
  }

  private boolean number() {
    int endA = JsonNumbers.end(a, i);
    int endB = JsonNumbers.end(b, j);
    if (endA < 0 || endB < 0 || !JsonNumbers.same(a, i, endA, b, j, endB)) {
      return false;
    }
    i = endA;
    j = endB;
    return true;
  }

  /** The place of the next element or member, or of the closing bracket; -1 where neither is. */
  private static int next(byte[] bytes, int from, boolean begun, char closing) {
    int at = JsonBytes.space(bytes, from);
    if (at >= bytes.length) {
      return -1;
    }
    if (!begun || bytes[at] == closing) {
      return at;
    }
    if (bytes[at] != ',') {
      return -1;
    }
    at = JsonBytes.space(bytes, at + 1);
    return at < bytes.length && bytes[at] != closing ? at : -1;
  }
}
