package dev.banyan.rules;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request head from plain values.
 *
 * @param headers by name; kept in lower case
 */
public record SimpleRequestHead(
    String method, String host, String path, String query, Map<String, String> headers)
    implements RequestHead {
  /** Scheme and authority are optional; a fragment is not sent and so not kept. */
  private static final Pattern URL =
      Pattern.compile(
          "(?:[A-Za-z][A-Za-z0-9+.-]*://(?<host>[^/?#]*))?(?<path>[^?#]*)(?:\\?(?<query>[^#]*))?(?:#.*)?",
          Pattern.DOTALL);

  public SimpleRequestHead {
    headers = lowerCase(headers);
  }

  /** From {@code GET /a?b} or {@code GET http://shop.example/a?b}. */
  public static SimpleRequestHead parse(String methodAndUrl) {
    String[] words = methodAndUrl.strip().split("\\s+", -1);
    if (words.length != 2) {
      throw new IllegalArgumentException(
          "request: " + methodAndUrl + " (expected: METHOD URL, such as GET /api/products/1)");
    }
    return of(words[0], words[1], Map.of());
  }

  /**
   * From a URL with or without scheme and host: {@code http://shop.example/a?b} or {@code /a?b}.
   * Without one, the host is that of the headers.
   */
  public static SimpleRequestHead of(String method, String url, Map<String, String> headers) {
    Matcher parts = URL.matcher(url);
    if (!parts.matches()) {
      throw new IllegalArgumentException("url: " + url + " (expected: a URL or a path)");
    }
    String authority = parts.group("host");
    String query = parts.group("query");
    String host =
        authority == null
            ? lowerCase(headers).getOrDefault("host", "")
            : authority.substring(authority.lastIndexOf('@') + 1);
    String path = parts.group("path");
    return new SimpleRequestHead(
        method,
        host,
        path.isEmpty() && authority != null ? "/" : path,
        query == null ? "" : query,
        headers);
  }

  @Override
  public @Nullable String header(String name) {
    return headers.get(name);
  }

  private static Map<String, String> lowerCase(Map<String, String> headers) {
    Map<String, String> lower = new HashMap<>();
    headers.forEach((name, value) -> lower.putIfAbsent(name.toLowerCase(Locale.ROOT), value));
    return Map.copyOf(lower);
  }
}
