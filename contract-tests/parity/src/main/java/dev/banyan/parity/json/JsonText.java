package dev.banyan.parity.json;

import dev.banyan.rules.CompareProfile;
import java.util.Iterator;
import java.util.List;

/**
 * Writes JSON trees for people, number lexemes and member order as read, up to a limit of chars.
 */
public final class JsonText {
  private static final int BRIEF = 201;

  private final StringBuilder out = new StringBuilder();
  private final int limit;
  private final boolean indented;

  private JsonText(int limit, boolean indented) {
    this.limit = limit;
    this.indented = indented;
  }

  /** On one line, about as long as a difference shows. */
  public static String brief(Json value) {
    JsonText text = new JsonText(BRIEF, false);
    text.write(value, 0);
    return text.out.toString();
  }

  /** An array of these on one line. */
  public static String brief(List<Json> items) {
    return brief(Json.Arr.of(items, CompareProfile.Arrays.ORDERED));
  }

  /** Two spaces a level; at the most a little more than {@code limit} chars. */
  public static String indented(Json value, int limit) {
    JsonText text = new JsonText(limit, true);
    text.write(value, 0);
    return text.out.toString();
  }

  public static String quoted(String value) {
    StringBuilder out = new StringBuilder(value.length() + 2);
    quote(value, value.length(), out);
    return out.toString();
  }

  private boolean full() {
    return out.length() > limit;
  }

  private void write(Json value, int level) {
    switch (value) {
      case Json.Word word -> out.append(word == Json.Word.NULL ? "null" : word == Json.Word.TRUE);
      case Json.Num num -> out.append(num.lexeme(), 0, Math.min(num.lexeme().length(), room()));
      case Json.Text text -> quote(text.value(), room(), out);
      case Json.Arr arr -> {
        out.append('[');
        Iterator<Json> items = arr.items().iterator();
        while (items.hasNext() && !full()) {
          line(level + 1);
          write(items.next(), level + 1);
          comma(items);
        }
        close(']', arr.items().isEmpty(), level);
      }
      case Json.Obj obj -> {
        out.append('{');
        Iterator<Json.Member> members = obj.members().iterator();
        while (members.hasNext() && !full()) {
          line(level + 1);
          Json.Member member = members.next();
          quote(member.name(), room(), out);
          out.append(indented ? ": " : ":");
          write(member.value(), level + 1);
          comma(members);
        }
        close('}', obj.members().isEmpty(), level);
      }
    }
  }

  private int room() {
    return Math.max(1, limit - out.length() + 1);
  }

  private void comma(Iterator<?> rest) {
    if (rest.hasNext()) {
      out.append(',');
    }
  }

  private void close(char bracket, boolean empty, int level) {
    if (!empty) {
      line(level);
    }
    out.append(bracket);
  }

  private void line(int level) {
    if (indented) {
      out.append('\n').repeat("  ", level);
    }
  }

  private static void quote(String value, int limit, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < Math.min(value.length(), limit); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ' || c == 0x7F || (c >= 0x80 && c < 0xA0)) {
            out.append("\\u%04x".formatted((int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
