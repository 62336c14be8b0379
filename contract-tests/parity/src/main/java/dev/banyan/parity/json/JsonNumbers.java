package dev.banyan.parity.json;

import java.nio.charset.StandardCharsets;

/** Numbers of a JSON text, as ranges of its bytes. */
final class JsonNumbers {
  /** Longer ones are left to whoever has all the time. */
  private static final int LONGEST = 100;

  private JsonNumbers() {}

  /** The place behind the number that begins here; -1 where none does. */
  static int end(byte[] bytes, int from) {
    int at = from;
    if (at < bytes.length && bytes[at] == '-') {
      at++;
    }
    if (at < bytes.length && bytes[at] == '0') {
      at++;
    } else {
      int digits = at;
      at = JsonBytes.digits(bytes, at);
      if (at == digits) {
        return -1;
      }
    }
    if (at < bytes.length && bytes[at] == '.') {
      int digits = at + 1;
      at = JsonBytes.digits(bytes, digits);
      if (at == digits) {
        return -1;
      }
    }
    return at < bytes.length && (bytes[at] | 0x20) == 'e' ? exponentEnd(bytes, at + 1) : at;
  }

  /** Whether a number ends before this place, as far as this byte tells. */
  static boolean endsAt(byte[] bytes, int at) {
    if (at >= bytes.length) {
      return true;
    }
    byte next = bytes[at];
    return next != '.' && (next | 0x20) != 'e' && (next < '0' || next > '9');
  }

  /** Whether two numbers are of one value; no may mean that it was too much to find out. */
  static boolean same(byte[] a, int fromA, int toA, byte[] b, int fromB, int toB) {
    if (JsonBytes.same(a, fromA, toA, b, fromB, toB)) {
      return true;
    }
    boolean shorterA = toA - fromA < toB - fromB;
    if (shorterA
        ? onlyZerosMore(a, fromA, toA, b, fromB, toB)
        : onlyZerosMore(b, fromB, toB, a, fromA, toA)) {
      return true;
    }
    return toA - fromA <= LONGEST
        && toB - fromB <= LONGEST
        && NumberValue.of(text(a, fromA, toA)).equals(NumberValue.of(text(b, fromB, toB)));
  }

  /** Whether the longer number is the shorter one with more zeros at the end of its fraction. */
  private static boolean onlyZerosMore(
      byte[] shorter, int from, int to, byte[] longer, int fromLonger, int toLonger) {
    int more = fromLonger + to - from;
    if (!JsonBytes.same(shorter, from, to, longer, fromLonger, more)) {
      return false;
    }
    boolean fraction = false;
    for (int at = fromLonger; at < toLonger; at++) {
      byte c = longer[at];
      if ((c | 0x20) == 'e' || (at >= more && c != '0' && c != '.')) {
        return false;
      }
      fraction |= c == '.';
      if (at >= more && !fraction) {
        return false;
      }
    }
    return true;
  }

  private static int exponentEnd(byte[] bytes, int from) {
    int sign = from < bytes.length && (bytes[from] == '+' || bytes[from] == '-') ? 1 : 0;
    int at = JsonBytes.digits(bytes, from + sign);
    return at == from + sign ? -1 : at;
  }

  private static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }
}
