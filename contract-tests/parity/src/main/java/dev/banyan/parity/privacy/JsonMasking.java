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
 * it, is walked the same way, and what stands outside of strings is looked at as text. What scripts
 * write otherwise is known: names without quotes, and strings in single ones.
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

  /** What members and values stand in. */
  private enum Form {
    /** The whole text. */
    TEXT,
    OBJECT,
    ARRAY
  }

  /**
   * What is open.
   *
   * @param at its place; null where no such place is private
   */
  private record Level(Form form, @Nullable String at, boolean isPrivate) {}

  private final class Pass {
    private final String text;
    private final int depth;
    private final StringBuilder out;
    private final Deque<Level> levels = new ArrayDeque<>();
    private final MemberAt member = new MemberAt();
    private int unknown;

    /** No single quote before it opens a string: one that does not close was looked for its end. */
    private int apostrophes;

    Pass(String text, int depth, String root) {
      this.text = text;
      this.depth = depth;
      this.out = new StringBuilder(text.length() + 64);
      levels.push(new Level(Form.TEXT, names.below("", root), false));
    }

    String run() {
      int i = 0;
      while (i < text.length()) {
        char c = text.charAt(i);
        switch (c) {
          case '{' -> open(Form.OBJECT);
          case '[' -> open(Form.ARRAY);
          case '}', ']' -> close();
          case ',' -> member.end();
          default -> {
            i = opensString(i) ? string(i) : rest(i);
            continue;
          }
        }
        out.append(c);
        i++;
      }
      return out.toString();
    }

    private void open(Form form) {
      if (levels.size() > MAX_DEPTH) {
        unknown++;
      } else {
        levels.push(new Level(form, place(), isPrivate()));
      }
      member.end();
    }

    private void close() {
      if (unknown > 0) {
        unknown--;
      } else if (levels.size() > 1) {
        levels.pop();
      }
      member.end();
    }

    /** The place of the value that comes next. */
    private @Nullable String place() {
      Level level = level();
      String name = member.name();
      if (unknown > 0 || level.at == null) {
        return null;
      }
      if (name != null) {
        return names.below(level.at, Location.member("", name));
      }
      return level.form == Form.ARRAY ? names.below(level.at, "[*]") : level.at;
    }

    private boolean isPrivate() {
      return level().isPrivate || member.isPrivate() || names.isPrivateAt(place());
    }

    private Level level() {
      return Objects.requireNonNull(levels.peek());
    }

    /** A single quote behind a letter is an apostrophe, and so is one that has no other. */
    private boolean opensString(int i) {
      char c = text.charAt(i);
      if (c != JsonStrings.SINGLE) {
        return c == '"';
      }
      if (i < apostrophes || (i > 0 && Runs.isWord(text.charAt(i - 1)))) {
        return false;
      }
      boolean opens = JsonStrings.closing(text, i) >= 0;
      if (!opens) {
        int line = text.indexOf('\n', i);
        apostrophes = line < 0 ? text.length() : line;
      }
      return opens;
    }

    private int string(int opening) {
      char quote = text.charAt(opening);
      int closing = JsonStrings.closing(text, opening);
      if (closing < 0) {
        out.append(quote).append(plain(text.substring(opening + 1)));
        return text.length();
      }
      String written = text.substring(opening + 1, closing);
      String meant = JsonStrings.decode(written);
      char next = significant(closing + 1);
      boolean isName = next == ':' && member.takesQuotedName();
      String masked = isName ? contents.text(meant) : value(meant, quote);
      out.append(quote)
          .append(
              masked.equals(meant)
                  ? written
                  : JsonStrings.encode(masked, quote, JsonStrings.isAscii(written)))
          .append(quote);
      if (isName) {
        member.quotedName(meant, names.isPrivate(meant));
      } else {
        member.value(next);
      }
      return closing + 1;
    }

    private String value(String meant, char quote) {
      if (isPrivate()) {
        return pseudonyms.of(meant);
      }
      return quote == JsonStrings.SINGLE
          ? contents.quoted(meant, depth + 1)
          : contents.sniffed(meant, depth + 1);
    }

    /** The next char that is no white space; NUL at the end. */
    private char significant(int from) {
      int i = from;
      while (i < text.length() && text.charAt(i) <= ' ') {
        i++;
      }
      return i < text.length() ? text.charAt(i) : 0;
    }

    /** Up to the next string or bracket: a number, a word, or what is no JSON. */
    private int rest(int from) {
      int end = from + 1;
      while (end < text.length() && "{}[],".indexOf(text.charAt(end)) < 0 && !opensString(end)) {
        end++;
      }
      int done = from;
      for (int colon = from; colon < end; colon++) {
        if (text.charAt(colon) == ':') {
          done = bareName(done, colon);
        }
      }
      piece(done, end);
      return end;
    }

    /** Reads up to a colon where a bare name stands before it; says how far it has read. */
    private int bareName(int from, int colon) {
      int behind = BareNames.behind(text, from, colon);
      int begin = BareNames.begin(text, from, behind);
      if (begin < 0) {
        return from;
      }
      piece(from, begin);
      if (!member.takesBareName()) {
        return begin;
      }
      String name = text.substring(begin, behind);
      out.append(contents.text(name)).append(text, behind, colon + 1);
      member.bareName(level().form == Form.OBJECT ? name : null, names.isPrivate(name));
      return colon + 1;
    }

    private void piece(int from, int end) {
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
      if (begin < behind) {
        member.value(text.charAt(behind - 1));
      }
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
