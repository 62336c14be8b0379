package dev.banyan.rules;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The path as the most eager server would read it: decoded once, full-width letters as plain ones,
 * backslashes as slashes, slashes merged, dot segments resolved, {@code ;parameters} and {@code
 * ::streams} cut, dots and blanks at the end of a segment dropped (as Windows names files), and
 * ASP.NET's cookieless session segments {@code (S(…))} left out. Used to see whether another
 * reading leads to another route (RFC 3986 section 6.2; the class of faults is "edge and origin saw
 * another path"); never forwarded.
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
      if (c == '%' || c == '\\' || c == ';' || c >= 0x80) {
        return false;
      }
      if (before == '/' && (c == '/' || c == '.' || c == '(')) {
        return false;
      }
      if ((c == '/' && before == '.') || (c == ':' && before == ':')) {
        return false;
      }
      before = c;
    }
    return before != '.';
  }

  /**
   * @param bytes a path as {@link Escapes#bytes} gives it
   */
  static CanonicalPath of(String bytes) {
    String decoded = Escapes.decode(bytes);
    Deque<String> kept = new ArrayDeque<>();
    boolean folder = false;
    for (String part : decoded.replace('\\', '/').split("/", -1)) {
      String segment = asOnDisk(part);
      folder = segment.isEmpty() || segment.equals(".") || segment.equals("..");
      if (segment.equals("..")) {
        kept.pollLast();
      } else if (!folder && !isSession(segment)) {
        kept.addLast(segment);
      }
    }
    String path = "/" + String.join("/", kept) + (folder && !kept.isEmpty() ? "/" : "");
    return new CanonicalPath(path, decoded.indexOf('\0') >= 0 || hidesMore(decoded));
  }

  /** A segment as a server that looks for files takes it. */
  private static String asOnDisk(String part) {
    int parameters = part.indexOf(';');
    String named = parameters < 0 ? part : part.substring(0, parameters);
    int stream = named.indexOf("::");
    String segment = (stream < 0 ? named : named.substring(0, stream)).stripTrailing();
    if (segment.equals(".") || segment.equals("..")) {
      return segment;
    }
    int end = segment.length();
    while (end > 0 && (segment.charAt(end - 1) == '.' || segment.charAt(end - 1) == ' ')) {
      end--;
    }
    return segment.substring(0, end);
  }

  /** Such as {@code (S(lit3py55t21z5v55vlm25s55))} or {@code (X(1)F(ab)S(cd))}. */
  private static boolean isSession(String segment) {
    return segment.length() > 4
        && segment.startsWith("(")
        && segment.charAt(2) == '('
        && Character.isLetter(segment.charAt(1))
        && segment.endsWith("))");
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
