package dev.banyan.rules;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The path as the most eager server would read it: decoded once, backslashes as slashes, slashes
 * merged, dot segments resolved, {@code ;parameters} cut. Used to see whether another reading leads
 * to another route (RFC 3986 section 6.2; the class of faults is "edge and origin saw another
 * path"); never forwarded.
 *
 * @param hidesMore whether decoding again would bring out a slash, a dot, a backslash or a NUL
 */
record CanonicalPath(String path, boolean hidesMore) {
  /** Nobody in good faith encodes more often. */
  private static final int ROUNDS = 3;

  /** Whether the path can be read and written in one way only. */
  static boolean isPlain(String path) {
    char before = 0;
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '%'
          || c == '\\'
          || c == ';'
          || c >= 0x80
          || (before == '/' && (c == '/' || c == '.'))) {
        return false;
      }
      before = c;
    }
    return true;
  }

  /**
   * @param bytes a path as {@link Escapes#bytes} gives it
   */
  static CanonicalPath of(String bytes) {
    String decoded = Escapes.decode(bytes);
    Deque<String> kept = new ArrayDeque<>();
    boolean folder = false;
    for (String part : decoded.replace('\\', '/').split("/", -1)) {
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
    return new CanonicalPath(path, decoded.indexOf('\0') >= 0 || hidesMore(decoded));
  }

  private static boolean hidesMore(String decoded) {
    String seen = decoded;
    for (int round = 0; round < ROUNDS; round++) {
      String next = Escapes.decode(seen);
      if (next.equals(seen)) {
        return false;
      }
      if (structural(next) > structural(seen)) {
        return true;
      }
      seen = next;
    }
    return true;
  }

  private static long structural(String text) {
    return text.chars().filter(c -> c == '/' || c == '.' || c == '\\' || c == 0).count();
  }
}
