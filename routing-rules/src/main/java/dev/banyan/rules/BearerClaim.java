package dev.banyan.rules;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Reads one claim of a JSON Web Token in {@code Authorization: Bearer} (RFC 7519). The signature is
 * not checked: a claim gives its client a place, never a permission.
 */
final class BearerClaim {
  private static final String SCHEME = "Bearer ";
  private static final int LONGEST = 16 * 1024;

  private BearerClaim() {}

  /**
   * The value as the token writes it, of a text without its quotes; null where there is none, or
   * another thing than a text, a number or a truth value.
   */
  static @Nullable String of(@Nullable String authorization, String claim) {
    if (authorization == null
        || authorization.length() > LONGEST
        || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return null;
    }
    int first = authorization.indexOf('.');
    int second = authorization.indexOf('.', first + 1);
    if (first < 0 || second < 0) {
      return null;
    }
    try {
      byte[] json = Base64.getUrlDecoder().decode(authorization.substring(first + 1, second));
      return value(new String(json, StandardCharsets.UTF_8), claim);
    } catch (IllegalArgumentException notBase64) {
      return null;
    }
  }

  /** Looks at the members of the outermost object only; what is no JSON has none. */
  private static @Nullable String value(String json, String claim) {
    int depth = 0;
    int at = 0;
    while (at < json.length()) {
      char c = json.charAt(at);
      if (c == '"') {
        int end = textEnd(json, at);
        int next = skipBlanks(json, end + 1);
        if (depth == 1
            && next < json.length()
            && json.charAt(next) == ':'
            && end - at - 1 == claim.length()
            && json.startsWith(claim, at + 1)) {
          return scalar(json, skipBlanks(json, next + 1));
        }
        at = end;
      } else if (c == '{' || c == '[') {
        depth++;
      } else if (c == '}' || c == ']') {
        depth--;
      }
      at++;
    }
    return null;
  }

  private static @Nullable String scalar(String json, int at) {
    if (at < json.length() && json.charAt(at) == '"') {
      int end = textEnd(json, at);
      return end < json.length() ? json.substring(at + 1, end) : null;
    }
    int end = at;
    while (end < json.length() && ",}] \t\r\n".indexOf(json.charAt(end)) < 0) {
      end++;
    }
    String word = json.substring(at, end);
    return word.isEmpty() || word.equals("null") || word.startsWith("{") || word.startsWith("[")
        ? null
        : word;
  }

  /** Where the quote is that ends the text which begins there; the end where there is none. */
  private static int textEnd(String json, int at) {
    int end = at + 1;
    while (end < json.length() && json.charAt(end) != '"') {
      end += json.charAt(end) == '\\' ? 2 : 1;
    }
    return Math.min(end, json.length());
  }

  private static int skipBlanks(String json, int at) {
    int next = at;
    while (next < json.length() && " \t\r\n".indexOf(json.charAt(next)) >= 0) {
      next++;
    }
    return next;
  }
}
