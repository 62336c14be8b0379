package dev.banyan.rules;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request head from plain values.
 *
 * @param headers by lower-case name
 */
public record SimpleRequestHead(
    String method, String host, String path, String query, Map<String, String> headers)
    implements RequestHead {
  public SimpleRequestHead {
    Map<String, String> lower = new HashMap<>();
    headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
    headers = Map.copyOf(lower);
  }

  /**
   * From a URL with or without scheme and host: {@code http://shop.example/a?b} or {@code /a?b}.
   */
  public static SimpleRequestHead of(String method, String url, Map<String, String> headers) {
    String rest = url;
    String host = headers.getOrDefault("host", "");
    int scheme = rest.indexOf("://");
    if (scheme >= 0) {
      rest = rest.substring(scheme + 3);
      int slash = rest.indexOf('/');
      host = slash < 0 ? rest : rest.substring(0, slash);
      rest = slash < 0 ? "/" : rest.substring(slash);
    }
    int fragment = rest.indexOf('#');
    rest = fragment < 0 ? rest : rest.substring(0, fragment);
    int question = rest.indexOf('?');
    return new SimpleRequestHead(
        method,
        host,
        question < 0 ? rest : rest.substring(0, question),
        question < 0 ? "" : rest.substring(question + 1),
        headers);
  }

  @Override
  public @Nullable String header(String name) {
    return headers.get(name);
  }
}
