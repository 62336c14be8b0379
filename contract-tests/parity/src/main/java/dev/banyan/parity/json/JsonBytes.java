package dev.banyan.parity.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Finds where things begin and end in JSON text of UTF-8 bytes, eight bytes at a time. */
final class JsonBytes {
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long TOPS = 0x8080808080808080L;
  private static final long SPACES = 0x2020202020202020L;
  private static final long QUOTES = 0x2222222222222222L;
  private static final long ZEROS = 0x3030303030303030L;

  /** Added to a number above 9 it sets the top bit. */
  private static final long ABOVE_NINE = 0x7676767676767676L;

  private static final long BACKSLASHES = 0x5C5C5C5C5C5C5C5CL;

  private JsonBytes() {}

  /** The place of the first byte from here on that is no white space. */
  static int space(byte[] bytes, int from) {
    // Small enough to be compiled into every caller: none or one is what nearly all of them meet.
    int at = from < bytes.length && bytes[from] == ' ' ? from + 1 : from;
    return at < bytes.length && bytes[at] > ' ' ? at : spaces(bytes, at);
  }

  private static int spaces(byte[] bytes, int from) {
    int at = from;
    while (at < bytes.length && isSpace(bytes[at])) {
      at++;
      while (at + 8 <= bytes.length && eight(bytes, at) == SPACES) {
        at += 8;
      }
    }
    return at;
  }

  /** The place behind a mark with white space around it; -1 where there is none. */
  static int behind(byte[] bytes, int from, char mark) {
    // Hardly anybody writes white space before one.
    if (from < bytes.length && bytes[from] == mark) {
      return space(bytes, from + 1);
    }
    int at = spaces(bytes, from);
    return at < bytes.length && bytes[at] == mark ? space(bytes, at + 1) : -1;
  }

  /** The place behind the digits that begin here. */
  static int digits(byte[] bytes, int from) {
    int at = from;
    while (at + 8 <= bytes.length) {
      long digits = eight(bytes, at) ^ ZEROS;
      long stop = (((digits & ~TOPS) + ABOVE_NINE) | digits) & TOPS;
      if (stop != 0) {
        return at + (Long.numberOfTrailingZeros(stop) >>> 3);
      }
      at += 8;
    }
    while (at < bytes.length && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    return at;
  }

  /** The bytes at two places that are alike and nothing special in a string, counted. */
  static int alike(byte[] a, int i, byte[] b, int j) {
    int n = 0;
    while (i + n + 8 <= a.length && j + n + 8 <= b.length) {
      long left = eight(a, i + n);
      long stop = special(left) | (left ^ eight(b, j + n));
      if (stop != 0) {
        return n + (Long.numberOfTrailingZeros(stop) >>> 3);
      }
      n += 8;
    }
    while (i + n < a.length && j + n < b.length && a[i + n] == b[j + n] && !isSpecial(a[i + n])) {
      n++;
    }
    return n;
  }

  /**
   * The place of the closing quotes.
   *
   * @param from behind the opening quotes
   * @return -1 where the string has escapes, or no end
   */
  static int plainEnd(byte[] bytes, int from) {
    int at = special(bytes, from);
    return at < bytes.length && bytes[at] == '"' ? at : -1;
  }

  /**
   * The place behind a value, as far as brackets and quotes tell; -1 where there is no end.
   *
   * @param from where it begins
   */
  static int valueEnd(byte[] bytes, int from) {
    int depth = 0;
    int at = from;
    while (at < bytes.length) {
      switch (bytes[at]) {
        case '"' -> {
          at = stringEnd(bytes, at + 1);
          if (at < 0) {
            return -1;
          }
        }
        case '{', '[' -> depth++;
        case '}', ']' -> {
          if (depth == 0) {
            return at;
          }
          depth--;
        }
        case ',' -> {
          if (depth == 0) {
            return at;
          }
        }
        default -> {
          if (depth == 0) {
            return wordEnd(bytes, at);
          }
        }
      }
      at++;
      if (depth == 0) {
        return at;
      }
    }
    return -1;
  }

  /** The place of the closing quotes, escapes or not; -1 where there are none. */
  private static int stringEnd(byte[] bytes, int from) {
    int at = special(bytes, from);
    while (at < bytes.length && bytes[at] != '"') {
      at = special(bytes, at + (bytes[at] == '\\' ? 2 : 1));
    }
    return at < bytes.length ? at : -1;
  }

  /** The place behind a number or a word. */
  private static int wordEnd(byte[] bytes, int from) {
    int at = from;
    while (at < bytes.length && bytes[at] > ' ' && bytes[at] != ',' && !isClosing(bytes[at])) {
      at++;
    }
    return at == from ? -1 : at;
  }

  /** The place of the first quote, backslash or control character; the end where there is none. */
  private static int special(byte[] bytes, int from) {
    int at = from;
    while (at + 8 <= bytes.length) {
      long stop = special(eight(bytes, at));
      if (stop != 0) {
        return at + (Long.numberOfTrailingZeros(stop) >>> 3);
      }
      at += 8;
    }
    while (at < bytes.length && !isSpecial(bytes[at])) {
      at++;
    }
    return at;
  }

  /** Marks such bytes; above the first one marks may be wrong. */
  private static long special(long eight) {
    long quote = eight ^ QUOTES;
    long backslash = eight ^ BACKSLASHES;
    return (((quote - ONES) & ~quote)
            | ((backslash - ONES) & ~backslash)
            | ((eight - SPACES) & ~eight))
        & TOPS;
  }

  /**
   * Whether what stood at one place stands at another one again, and no white space behind it; no
   * may mean that the text ends too soon to say.
   *
   * @param length at least 1
   */
  static boolean again(byte[] bytes, int place, int later, int length) {
    if (Math.max(place, later) + length + 8 > bytes.length || bytes[later + length] <= ' ') {
      return false;
    }
    int at = 0;
    for (; at + 8 < length; at += 8) {
      if (eight(bytes, place + at) != eight(bytes, later + at)) {
        return false;
      }
    }
    long apart = eight(bytes, place + at) ^ eight(bytes, later + at);
    return apart << (64 - 8 * (length - at)) == 0;
  }

  /** The place of the first byte from here on that is no ASCII char. */
  static int ascii(byte[] bytes, int from) {
    int at = from;
    while (at + 8 <= bytes.length && (eight(bytes, at) & TOPS) == 0) {
      at += 8;
    }
    while (at < bytes.length && bytes[at] >= 0) {
      at++;
    }
    return at;
  }

  /** How often an ASCII char stands there. */
  static long count(byte[] bytes, char wanted) {
    return count(bytes, wanted, 0);
  }

  /** How many brackets open arrays and objects. */
  static long opening(byte[] bytes) {
    return count(bytes, '{', '{' ^ '[');
  }

  /** Bits that are set in {@code any} may be either way, and are set in the wanted char. */
  private static long count(byte[] bytes, char wanted, int any) {
    long count = 0;
    int at = 0;
    for (; at + 8 <= bytes.length; at += 8) {
      long zeros = (eight(bytes, at) | (ONES * any)) ^ (ONES * wanted);
      count += Long.bitCount(~(((zeros & ~TOPS) + ~TOPS) | zeros | ~TOPS));
    }
    for (; at < bytes.length; at++) {
      count += (bytes[at] | any) == wanted ? 1 : 0;
    }
    return count;
  }

  /** Whether one of two ASCII chars stands there. */
  static boolean has(byte[] bytes, int from, int to, char one, char other) {
    int at = from;
    for (; at + 8 <= to; at += 8) {
      long ones = eight(bytes, at) ^ (ONES * one);
      long others = eight(bytes, at) ^ (ONES * other);
      if (((((ones - ONES) & ~ones) | ((others - ONES) & ~others)) & TOPS) != 0) {
        return true;
      }
    }
    for (; at < to; at++) {
      if (bytes[at] == one || bytes[at] == other) {
        return true;
      }
    }
    return false;
  }

  /** The same length and bytes. */
  static boolean same(byte[] a, int fromA, int toA, byte[] b, int fromB, int toB) {
    int length = toA - fromA;
    if (length != toB - fromB) {
      return false;
    }
    if (length <= 8 && fromA + 8 <= a.length && fromB + 8 <= b.length) {
      long apart = eight(a, fromA) ^ eight(b, fromB);
      return length == 0 || apart << (64 - 8 * length) == 0;
    }
    return Arrays.equals(a, fromA, toA, b, fromB, toB);
  }

  private static long eight(byte[] bytes, int at) {
    return (long) EIGHT.get(bytes, at);
  }

  private static boolean isSpecial(byte c) {
    return c == '"' || c == '\\' || (c >= 0 && c < ' ');
  }

  private static boolean isSpace(byte c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
  }

  private static boolean isClosing(byte c) {
    return c == '}' || c == ']';
  }
}
