package dev.banyan.rules;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Percent escapes of a path (RFC 3986 section 2.1), one char per byte. */
final class Escapes {
  private static final Pattern ESCAPE = Pattern.compile("%[0-9A-Fa-f]{2}");

  private Escapes() {}

  /**
   * Decodes once, the way eager servers do: also {@code %uXXXX}, as HTTP.sys takes it, and the
   * overlong UTF-8 forms of slash, dot and backslash. What is no valid escape stays as it is.
   */
  static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    StringBuilder decoded = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int narrow = c == '%' ? hex(text, i + 1, 2) : -1;
      int wide = c == '%' && text.regionMatches(true, i + 1, "u", 0, 1) ? hex(text, i + 2, 4) : -1;
      if (narrow >= 0) {
        decoded.append((char) narrow);
        i += 2;
      } else if (wide >= 0) {
        decoded.append((char) wide);
        i += 5;
      } else {
        decoded.append(c);
      }
    }
    return decoded
        .toString()
        .replace("\u00c0\u00af", "/")
        .replace("\u00c0\u00ae", ".")
        .replace("\u00c1\u009c", "\\");
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

  /** How a literal of a template may stand on the wire: escapes in either case of hex. */
  static Set<String> wireForms(String literal) {
    if (literal.indexOf('%') < 0) {
      return Set.of(literal);
    }
    return new LinkedHashSet<>(
        List.of(
            literal,
            ESCAPE.matcher(literal).replaceAll(e -> upper(e)),
            ESCAPE.matcher(literal).replaceAll(e -> lower(e))));
  }

  private static String upper(MatchResult escape) {
    return escape.group().toUpperCase(Locale.ROOT);
  }

  private static String lower(MatchResult escape) {
    return escape.group().toLowerCase(Locale.ROOT);
  }
}
