package dev.banyan.rules;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Conditions on query parameters, checked in the raw query without decoding it into new strings. A
 * condition holds if the parameter is there and has the value wherever it stands: so {@code
 * a=1&a=2} meets neither {@code a: 1} nor {@code a: 2}, and two routes that want different values
 * never take the same request.
 */
final class QueryConditions {
  private final byte[][] names;
  private final byte[][] values;

  private QueryConditions(byte[][] names, byte[][] values) {
    this.names = names;
    this.values = values;
  }

  static QueryConditions of(Map<String, String> wanted) {
    byte[][] names = new byte[wanted.size()][];
    byte[][] values = new byte[wanted.size()][];
    int i = 0;
    for (Map.Entry<String, String> want : wanted.entrySet()) {
      names[i] = want.getKey().getBytes(StandardCharsets.UTF_8);
      values[i++] = want.getValue().getBytes(StandardCharsets.UTF_8);
    }
    return new QueryConditions(names, values);
  }

  boolean hold(String rawQuery) {
    for (int i = 0; i < names.length; i++) {
      if (!holds(names[i], values[i], rawQuery)) {
        return false;
      }
    }
    return true;
  }

  private static boolean holds(byte[] name, byte[] value, String query) {
    boolean found = false;
    for (int from = 0; from < query.length(); ) {
      int ampersand = query.indexOf('&', from);
      int end = ampersand < 0 ? query.length() : ampersand;
      int equals = query.indexOf('=', from);
      int nameEnd = equals < 0 || equals > end ? end : equals;
      if (decodesTo(name, query, from, nameEnd)) {
        if (!decodesTo(value, query, Math.min(nameEnd + 1, end), end)) {
          return false;
        }
        found = true;
      }
      from = end + 1;
    }
    return found;
  }

  /** Whether a range of a query, as form data of UTF-8 bytes, is this; a char is one byte. */
  private static boolean decodesTo(byte[] wanted, String query, int from, int end) {
    int at = 0;
    for (int i = from; i < end; i++, at++) {
      int c = query.charAt(i);
      int escaped = c == '%' && i + 2 < end ? Escapes.hex(query, i + 1, 2) : -1;
      if (escaped >= 0) {
        c = escaped;
        i += 2;
      } else if (c == '+') {
        c = ' ';
      }
      if (at >= wanted.length || (wanted[at] & 0xff) != c) {
        return false;
      }
    }
    return at == wanted.length;
  }
}
