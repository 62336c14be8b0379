package dev.banyan.parity.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Tells at the speed of reading that two JSON texts hold the same tokens in the same order: white
 * space, escapes and the writing of numbers aside. It never makes a tree; where it says no, the
 * trees may still be equal. UTF-8 only.
 */
public final class JsonStream {
  private final byte[] a;
  private final byte[] b;
  private int i;
  private int j;

  private JsonStream(byte[] a, byte[] b) {
    this.a = a;
    this.b = b;
  }

  public static boolean sameTokens(byte[] a, byte[] b) {
    return new JsonStream(a, b).same();
  }

  private boolean same() {
    while (true) {
      int beforeI = i;
      int beforeJ = j;
      skipSpace();
      boolean spaced = i > beforeI || j > beforeJ;
      if (i == a.length || j == b.length) {
        return i == a.length && j == b.length;
      }
      byte next = a[i];
      if (isNumber(next) && isNumber(b[j])) {
        if ((spaced && (isWordBefore(a, beforeI) || isWordBefore(b, beforeJ))) || !sameNumber()) {
          return false;
        }
      } else if (next != b[j]
          || (spaced && isWord(next) && (isWordBefore(a, beforeI) || isWordBefore(b, beforeJ)))) {
        return false;
      } else {
        i++;
        j++;
        if (next == '"' && !sameString()) {
          return false;
        }
      }
    }
  }

  private void skipSpace() {
    while (i < a.length && a[i] <= ' ' && a[i] >= 0) {
      i++;
    }
    while (j < b.length && b[j] <= ' ' && b[j] >= 0) {
      j++;
    }
  }

  /** Behind the opening quotes; ends behind the closing ones. */
  private boolean sameString() {
    while (i < a.length && j < b.length) {
      byte left = a[i];
      byte right = b[j];
      if (left == right && left != '\\') {
        i++;
        j++;
        if (left == '"') {
          return true;
        }
      } else if (left == '"' || right == '"') {
        return false;
      } else {
        int one = unit(a, true);
        if (one < 0 || one != unit(b, false)) {
          return false;
        }
      }
    }
    return false;
  }

  /** The next char of a string, resolved; -1 where that takes more than one step. */
  private int unit(byte[] bytes, boolean first) {
    int at = first ? i : j;
    int unit;
    if (bytes[at] == '\\') {
      unit = escape(bytes, at);
      at += unit < 0 ? 0 : bytes[at + 1] == 'u' ? 6 : 2;
    } else {
      int width =
          bytes[at] >= 0 ? 1 : (bytes[at] & 0xE0) == 0xC0 ? 2 : (bytes[at] & 0xF0) == 0xE0 ? 3 : 0;
      if (width == 0 || at + width > bytes.length) {
        return -1;
      }
      String text = new String(bytes, at, width, StandardCharsets.UTF_8);
      unit = text.length() == 1 && text.charAt(0) != '\uFFFD' ? text.charAt(0) : -1;
      at += width;
    }
    if (first) {
      i = at;
    } else {
      j = at;
    }
    return unit;
  }

  private static int escape(byte[] bytes, int at) {
    if (at + 1 >= bytes.length) {
      return -1;
    }
    return switch (bytes[at + 1]) {
      case '"', '\\', '/' -> bytes[at + 1];
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        int value = 0;
        for (int k = at + 2; k < at + 6; k++) {
          int digit = k < bytes.length ? Character.digit(bytes[k], 16) : -1;
          if (digit < 0) {
            yield -1;
          }
          value = (value << 4) | digit;
        }
        yield value;
      }
      default -> -1;
    };
  }

  private boolean sameNumber() {
    int fromI = i;
    int fromJ = j;
    while (i < a.length && isNumber(a[i])) {
      i++;
    }
    while (j < b.length && isNumber(b[j])) {
      j++;
    }
    if (Arrays.equals(a, fromI, i, b, fromJ, j)) {
      return true;
    }
    String left = new String(a, fromI, i - fromI, StandardCharsets.ISO_8859_1);
    String right = new String(b, fromJ, j - fromJ, StandardCharsets.ISO_8859_1);
    return isValid(left) && isValid(right) && NumberValue.of(left).equals(NumberValue.of(right));
  }

  private static boolean isValid(String lexeme) {
    return lexeme.length() <= 100 && lexeme.matches("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");
  }

  private static boolean isNumber(byte c) {
    return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
  }

  private static boolean isWord(byte c) {
    return isNumber(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isWordBefore(byte[] bytes, int at) {
    return at > 0 && isWord(bytes[at - 1]);
  }
}
