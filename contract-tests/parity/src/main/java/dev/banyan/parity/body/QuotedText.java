package dev.banyan.parity.body;

import java.util.ArrayList;
import java.util.List;

/** Header values with quoted strings in them (RFC 9110, section 5.6). */
public final class QuotedText {
  private QuotedText() {}

  /** Splits outside quotes and strips the parts; at least one part. */
  public static List<String> split(String value, char separator) {
    List<String> parts = new ArrayList<>();
    boolean quoted = false;
    int start = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (quoted && c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == separator && !quoted) {
        parts.add(value.substring(start, i).strip());
        start = i + 1;
      }
    }
    parts.add(value.substring(start).strip());
    return parts;
  }

  /** What a quoted string says; anything else as it is. */
  public static String unquote(String value) {
    if (value.length() < 2 || value.charAt(0) != '"' || !value.endsWith("\"")) {
      return value;
    }
    return value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1");
  }
}
