package dev.banyan.parity.privacy;

/** Strings as JSON and JavaScript write them. */
final class JsonStrings {
  static final char SINGLE = '\'';

  private JsonStrings() {}

  /**
   * Where the closing quote stands, which is the one that stands at the opening; -1 where the text
   * ends before, or the line of a string in single quotes.
   */
  static int closing(String text, int opening) {
    char quote = text.charAt(opening);
    for (int i = opening + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == quote) {
        return i;
      }
      if (c == '\n' && quote == SINGLE) {
        return -1;
      }
      if (c == '\\') {
        i++;
      }
    }
    return -1;
  }

  /** What stands between the quotes, escapes resolved; what is no escape stays as it is. */
  static String decode(String written) {
    if (written.indexOf('\\') < 0) {
      return written;
    }
    StringBuilder out = new StringBuilder(written.length());
    for (int i = 0; i < written.length(); i++) {
      char c = written.charAt(i);
      if (c != '\\' || i + 1 == written.length()) {
        out.append(c);
        continue;
      }
      char escaped = written.charAt(++i);
      int unit = escaped == 'u' ? unit(written, i + 1) : -1;
      if (unit >= 0) {
        out.append((char) unit);
        i += 4;
      } else {
        int at = "bfnrt".indexOf(escaped);
        out.append(at < 0 ? escaped : "\b\f\n\r\t".charAt(at));
      }
    }
    return out.toString();
  }

  /** Valid between these quotes; other than ASCII only where the original had it so. */
  static String encode(String text, char quote, boolean ascii) {
    StringBuilder out = new StringBuilder(text.length() + 8);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == quote || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ' || (ascii && c > '~') || Character.isSurrogate(c)) {
        out.append("\\u%04x".formatted((int) c));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c <= '~');
  }

  private static int unit(String written, int at) {
    if (at + 4 > written.length()) {
      return -1;
    }
    int unit = 0;
    for (int i = at; i < at + 4; i++) {
      int digit = Character.digit(written.charAt(i), 16);
      if (digit < 0) {
        return -1;
      }
      unit = unit << 4 | digit;
    }
    return unit;
  }
}
