package dev.banyan.rules;

import java.nio.charset.StandardCharsets;

/** Percent escapes of a path (RFC 3986 section 2.1), one char per byte. */
final class Escapes {
  private Escapes() {}

  /**
   * Decodes once, the way eager servers do: also {@code %uXXXX}, as HTTP.sys takes it, and the
   * overlong UTF-8 forms of slash, dot and backslash, and full-width letters, which Windows' best
   * fit takes for plain ones. What is no valid escape stays as it is.
   */
  static String decode(String text) {
    StringBuilder decoded = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int narrow = c == '%' ? hex(text, i + 1, 2) : -1;
      int wide = c == '%' && text.regionMatches(true, i + 1, "u", 0, 1) ? hex(text, i + 2, 4) : -1;
      if (narrow >= 0) {
        decoded.append((char) narrow);
        i += 2;
      } else if (wide >= 0) {
        appendUtf8(decoded, wide);
        i += 5;
      } else {
        decoded.append(c);
      }
    }
    return narrowed(decoded.toString())
        .replace("\u00c0\u00af", "/")
        .replace("\u00c0\u00ae", ".")
        .replace("\u00c1\u009c", "\\");
  }

  /** Full-width forms (U+FF01 to U+FF5E) as ASCII, both as chars and as UTF-8 bytes. */
  private static String narrowed(String text) {
    int first = 0;
    while (first < text.length() && text.charAt(first) < 0x80) {
      first++;
    }
    if (first == text.length()) {
      return text;
    }
    StringBuilder narrow = new StringBuilder(text.length()).append(text, 0, first);
    for (int i = first; i < text.length(); i++) {
      int wide = text.charAt(i);
      int used = 0;
      if (wide == 0xef && i + 2 < text.length()) {
        int high = text.charAt(i + 1);
        int low = text.charAt(i + 2);
        if (high >> 2 == 0xbc >> 2 && low >> 6 == 2) {
          wide = 0xf000 | (high & 0x3f) << 6 | (low & 0x3f);
          used = 2;
        }
      }
      if (wide >= 0xff01 && wide <= 0xff5e) {
        narrow.append((char) (wide - 0xfee0));
        i += used;
      } else {
        narrow.append(text.charAt(i));
      }
    }
    return narrow.toString();
  }

  /** The number that so many hex digits stand for, or -1. */
  static int hex(String text, int from, int digits) {
    if (from + digits > text.length()) {
      return -1;
    }
    int value = 0;
    for (int i = from; i < from + digits; i++) {
      char c = text.charAt(i);
      int digit = c < 0x80 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        return -1;
      }
      value = 16 * value + digit;
    }
    return value;
  }

  /**
   * As the wire has it, with one char a byte: what lies beyond ASCII without its escapes, other
   * escapes with their hex in capitals. So each way to write a path has one form.
   */
  static String bytes(String path) {
    StringBuilder bytes = new StringBuilder(path.length());
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      int value = c == '%' ? hex(path, i + 1, 2) : -1;
      if (value >= 0x80) {
        bytes.append((char) value);
        i += 2;
      } else if (value >= 0) {
        bytes.append('%').append(digit(value >> 4)).append(digit(value & 15));
        i += 2;
      } else if (c < 0x80) {
        bytes.append(c);
      } else {
        int point = path.codePointAt(i);
        appendUtf8(bytes, point);
        i += Character.charCount(point) - 1;
      }
    }
    return bytes.toString();
  }

  /** A code point as UTF-8, one char a byte. */
  static void appendUtf8(StringBuilder to, int point) {
    for (byte b : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
      to.append((char) (b & 0xff));
    }
  }

  private static char digit(int value) {
    return (char) (value < 10 ? '0' + value : 'A' + value - 10);
  }
}
