package dev.banyan.rules;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Conditions on query parameters. */
final class QueryParameters {
  private QueryParameters() {}

  /** Whether every wanted parameter is there with its value, in any place, among others. */
  static boolean hold(Map<String, String> wanted, String rawQuery) {
    if (rawQuery.isEmpty()) {
      return wanted.isEmpty();
    }
    int found = 0;
    for (Map.Entry<String, String> want : wanted.entrySet()) {
      if (has(rawQuery, want.getKey(), want.getValue())) {
        found++;
      }
    }
    return found == wanted.size();
  }

  private static boolean has(String rawQuery, String name, String value) {
    for (String pair : rawQuery.split("&", -1)) {
      int equals = pair.indexOf('=');
      String key = equals < 0 ? pair : pair.substring(0, equals);
      String content = equals < 0 ? "" : pair.substring(equals + 1);
      if (decode(key).equals(name) && decode(content).equals(value)) {
        return true;
      }
    }
    return false;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return text;
    }
  }
}
