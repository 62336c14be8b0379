package dev.banyan.rules;

import dev.banyan.rules.CompareProfile.Accepted;
import dev.banyan.rules.CompareProfile.Tolerance;
import java.util.ArrayList;
import java.util.List;

/** Writes tolerances as rule files have them. What it writes, {@link RuleSetReader} reads back. */
public final class ToleranceWriter {
  private ToleranceWriter() {}

  /** In one line: {@code { name: "a", at: "$.b", kind: value, owner: "c", reason: "d" }}. */
  public static String inline(Tolerance tolerance) {
    return "{ " + String.join(", ", entries(tolerance)) + " }";
  }

  /** An item of a list, a line for each key, the first one behind its dash. */
  public static List<String> lines(Tolerance tolerance) {
    List<String> lines = new ArrayList<>();
    for (String entry : entries(tolerance)) {
      lines.add((lines.isEmpty() ? "- " : "  ") + entry);
    }
    return lines;
  }

  private static List<String> entries(Tolerance one) {
    List<String> entries = new ArrayList<>();
    entries.add("name: " + quoted(one.name()));
    entries.add("at: " + quoted(one.at()));
    entries.add(
        switch (one.accepts()) {
          case Accepted.Kind(String word) -> "kind: " + word;
          case Accepted.Rule(CompareRule rule) -> "rule: " + rule.word();
        });
    entries.add("owner: " + quoted(one.owner()));
    entries.add("reason: " + quoted(one.reason()));
    one.expires().ifPresent(day -> entries.add("expires: " + day));
    return entries;
  }

  /** A double-quoted YAML scalar of one line, of ASCII where a char could be taken for more. */
  public static String quoted(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // The reader puts quotes around what looks like a path template, wherever it is.
      boolean templateLike = c == '/' && i > 0 && Character.isWhitespace(text.charAt(i - 1));
      if (c == '"' || c == '\\' || templateLike) {
        quoted.append('\\').append(c);
      } else if (isPlain(c)) {
        quoted.append(c);
      } else {
        quoted.append("\\u%04x".formatted((int) c));
      }
    }
    return quoted.append('"').toString();
  }

  /** Neither a control nor a break of lines, and no half of a pair. */
  private static boolean isPlain(char c) {
    return (c >= ' ' && c < 0x7F)
        || (c >= 0xA0 && c < 0x2000)
        || (c >= 0x3000 && c < 0xD800)
        || (c >= 0xF900 && c < 0xFE00);
  }
}
