package dev.banyan.rules;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/**
 * The path as the most eager server would read it: decoded once, backslashes as slashes, slashes
 * merged, dot segments resolved, {@code ;parameters} cut. Used to see whether another reading leads
 * to another route (RFC 3986 section 6.2; the class of faults is "edge and origin saw another
 * path"); never forwarded.
 *
 * @param hidesMore whether decoding once more would bring out a slash, a dot, a backslash or a NUL
 */
record CanonicalPath(String path, boolean hidesMore) {

  /** Whether the path can be read in one way only. */
  static boolean isPlain(String path) {
    char before = 0;
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '%' || c == '\\' || c == ';' || (before == '/' && (c == '/' || c == '.'))) {
        return false;
      }
      before = c;
    }
    return true;
  }

  static CanonicalPath of(String raw) {
    String decoded = decode(raw).replace('\\', '/');
    Deque<String> kept = new ArrayDeque<>();
    String[] parts = decoded.split("/", -1);
    boolean folder = false;
    for (String part : parts) {
      int parameters = part.indexOf(';');
      String segment = parameters < 0 ? part : part.substring(0, parameters);
      folder = segment.isEmpty() || segment.equals(".") || segment.equals("..");
      if (segment.equals("..")) {
        kept.pollLast();
      } else if (!folder) {
        kept.addLast(segment);
      }
    }
    String path = "/" + String.join("/", kept) + (folder && !kept.isEmpty() ? "/" : "");
    return new CanonicalPath(path, hidesMore(decoded));
  }

  /** Percent-decodes once, one char per byte; what is no valid escape stays as it is. */
  static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    StringBuilder decoded = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int high = c == '%' && i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
      int low = high < 0 ? -1 : Character.digit(text.charAt(i + 2), 16);
      if (low >= 0) {
        decoded.append((char) (16 * high + low));
        i += 2;
      } else {
        decoded.append(c);
      }
    }
    return decoded.toString();
  }

  private static boolean hidesMore(String decoded) {
    if (decoded.indexOf('\0') >= 0) {
      return true;
    }
    String lower = decoded.toLowerCase(Locale.ROOT);
    return lower.contains("%2f")
        || lower.contains("%5c")
        || lower.contains("%2e")
        || lower.contains("%25")
        || lower.contains("%00");
  }
}
