package dev.banyan.parity.privacy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A tag that opens an element, as places in its text.
 *
 * @param name as written
 * @param end behind its closing bracket
 * @param closed whether it closes itself
 */
record Tag(String name, List<Attribute> attributes, int end, boolean closed) {

  /** An attribute that has a value; its place without quotes. */
  record Attribute(String name, int from, int to) {
    String local() {
      return Tag.local(name);
    }
  }

  /** Whether a tag begins with this bracket. */
  static boolean begins(String text, int opening) {
    return opening + 1 < text.length() && Character.isLetter(text.charAt(opening + 1));
  }

  /** Null where it does not end. */
  static @Nullable Tag read(String text, int opening) {
    int i = opening + 1;
    while (i < text.length() && isName(text.charAt(i))) {
      i++;
    }
    String name = text.substring(opening + 1, i);
    List<Attribute> attributes = new ArrayList<>();
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c == '>') {
        return new Tag(name, attributes, i + 1, text.charAt(i - 1) == '/');
      }
      i = c <= ' ' || c == '/' ? i + 1 : attribute(text, i, attributes);
    }
    return null;
  }

  /** Reads one attribute and says where it ends; always goes on. */
  private static int attribute(String text, int from, List<Attribute> to) {
    int i = from + 1;
    while (i < text.length() && text.charAt(i) > ' ' && "=/>".indexOf(text.charAt(i)) < 0) {
      i++;
    }
    String name = text.substring(from, i);
    int equals = skipSpace(text, i);
    if (equals == text.length() || text.charAt(equals) != '=') {
      return i;
    }
    int value = skipSpace(text, equals + 1);
    if (value == text.length()) {
      return value;
    }
    char quote = text.charAt(value);
    if (quote == '"' || quote == '\'') {
      int closing = text.indexOf(quote, value + 1);
      if (closing < 0) {
        return text.length();
      }
      to.add(new Attribute(name, value + 1, closing));
      return closing + 1;
    }
    int end = value;
    while (end < text.length() && text.charAt(end) > ' ' && text.charAt(end) != '>') {
      end++;
    }
    to.add(new Attribute(name, value, end));
    return end;
  }

  private static int skipSpace(String text, int from) {
    int i = from;
    while (i < text.length() && text.charAt(i) <= ' ') {
      i++;
    }
    return i;
  }

  String local() {
    return local(name);
  }

  /** Without its prefix. */
  static String local(String name) {
    return name.substring(name.indexOf(':') + 1);
  }

  String lower() {
    return name.toLowerCase(Locale.ROOT);
  }

  private static boolean isName(char c) {
    return Runs.isWord(c) || c == ':' || c == '-' || c == '.';
  }
}
