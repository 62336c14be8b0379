package dev.banyan.parity.privacy;

import dev.banyan.parity.Location;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Masks the strings, numbers and names of a JSON text in their places; everything else stays as it
 * is written. It judges nothing: what is broken, or is a script or a stream of events with JSON in
 * it, is walked the same way, and what stands outside of strings is looked at as text.
 */
final class JsonMasking {
  private static final Pattern NUMBER =
      Pattern.compile("-?(?:0|[1-9]\\d*+)(?:\\.\\d++)?(?:[eE][+-]?\\d++)?");
  private static final int SHORTEST_FOUND = 8;

  /** Levels whose places are known; the comparer does not look deeper either. */
  private static final int MAX_DEPTH = 256;

  private final Pseudonyms pseudonyms;
  private final PrivateNames names;
  private final Contents contents;

  JsonMasking(Pseudonyms pseudonyms, PrivateNames names, Contents contents) {
    this.pseudonyms = pseudonyms;
    this.names = names;
    this.contents = contents;
  }

  /**
   * @param depth how many texts this one stands in
   */
  String mask(String text, int depth) {
    return new Pass(text, depth, "$").run();
  }

  /**
   * @param root how the places of its values begin
   */
  String mask(String text, String root) {
    return new Pass(text, 0, root).run();
  }

  /**
   * An object or array that is open.
   *
   * @param at its place; null where no such place is private
   */
  private record Level(boolean array, @Nullable String at, boolean isPrivate) {}

  private final class Pass {
    private final String text;
    private final int depth;
    private final StringBuilder out;
    private final Deque<Level> levels = new ArrayDeque<>();
    private int unknown;
    private @Nullable String member;
    private boolean memberIsPrivate;

    Pass(String text, int depth, String root) {
      this.text = text;
      this.depth = depth;
      this.out = new StringBuilder(text.length() + 64);
      levels.push(new Level(false, names.below("", root), false));
    }

    String run() {
      int i = 0;
      while (i < text.length()) {
        char c = text.charAt(i);
        switch (c) {
          case '{', '[' -> open(c == '[');
          case '}', ']' -> close();
          case ',' -> member = null;
          default -> {
            i = c == '"' ? string(i) : rest(i);
            continue;
          }
        }
        out.append(c);
        i++;
      }
      return out.toString();
    }

    private void open(boolean array) {
      if (levels.size() > MAX_DEPTH) {
        unknown++;
      } else {
        levels.push(new Level(array, place(), isPrivate()));
      }
      member = null;
    }

    private void close() {
      if (unknown > 0) {
        unknown--;
      } else if (levels.size() > 1) {
        levels.pop();
      }
      member = null;
    }

    /** The place of the value that comes next. */
    private @Nullable String place() {
      Level level = level();
      String name = member;
      if (unknown > 0 || level.at == null) {
        return null;
      }
      if (name != null) {
        return names.below(level.at, Location.member("", name));
      }
      return level.array ? names.below(level.at, "[*]") : level.at;
    }

    private boolean isPrivate() {
      return level().isPrivate || (member != null && memberIsPrivate) || names.isPrivateAt(place());
    }

    private Level level() {
      return Objects.requireNonNull(levels.peek());
    }

    private int string(int opening) {
      int closing = JsonStrings.closing(text, opening);
      if (closing < 0) {
        out.append('"').append(plain(text.substring(opening + 1)));
        return text.length();
      }
      String written = text.substring(opening + 1, closing);
      String meant = JsonStrings.decode(written);
      boolean isName = isName(closing + 1);
      String masked = isName ? contents.text(meant) : value(meant);
      out.append('"')
          .append(
              masked.equals(meant)
                  ? written
                  : JsonStrings.encode(masked, JsonStrings.isAscii(written)))
          .append('"');
      if (isName) {
        member = meant;
        memberIsPrivate = names.isPrivate(meant);
      } else {
        member = null;
      }
      return closing + 1;
    }

    private String value(String meant) {
      return isPrivate() ? pseudonyms.of(meant) : contents.sniffed(meant, depth + 1);
    }

    private boolean isName(int behind) {
      int i = behind;
      while (i < text.length() && text.charAt(i) <= ' ') {
        i++;
      }
      return member == null && i < text.length() && text.charAt(i) == ':';
    }

    /** Up to the next string or bracket: a number, a word, or what is no JSON. */
    private int rest(int from) {
      int end = from;
      while (end < text.length() && "{}[],\"".indexOf(text.charAt(end)) < 0) {
        end++;
      }
      int begin = from;
      while (begin < end && (text.charAt(begin) <= ' ' || text.charAt(begin) == ':')) {
        begin++;
      }
      int behind = end;
      while (behind > begin && text.charAt(behind - 1) <= ' ') {
        behind--;
      }
      out.append(text, from, begin)
          .append(token(text.substring(begin, behind)))
          .append(text, behind, end);
      member = begin == behind ? member : null;
      return end;
    }

    private String token(String token) {
      return switch (token) {
        case "", "null" -> token;
        case "true", "false" ->
            isPrivate() ? Boolean.toString(pseudonyms.of(token.equals("true"))) : token;
        default -> NUMBER.matcher(token).matches() ? number(token) : plain(token);
      };
    }

    private String number(String number) {
      boolean found =
          isPrivate()
              || (number.length() >= SHORTEST_FOUND && !contents.text(number).equals(number));
      return found ? pseudonyms.ofNumber(number) : number;
    }

    private String plain(String rest) {
      return isPrivate() ? pseudonyms.of(rest) : contents.text(rest);
    }
  }
}
