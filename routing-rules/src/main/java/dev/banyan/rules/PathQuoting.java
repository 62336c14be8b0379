package dev.banyan.rules;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets {@code path: /api/products/{id}} stand without quotes within {@code { … }}, where YAML takes
 * a brace for its own. Lines keep their numbers.
 */
final class PathQuoting {
  private static final Pattern PATH = Pattern.compile("(?<![\\w-])path:[ \\t]+(?=/)");

  private PathQuoting() {}

  /** The same text with double quotes around every path template that has none. */
  static String quote(String text) {
    Matcher matcher = PATH.matcher(text);
    StringBuilder quoted = new StringBuilder(text.length() + 32);
    int from = 0;
    while (matcher.find(from)) {
      int end = end(text, matcher.end());
      String template = text.substring(matcher.end(), end);
      boolean needsQuotes =
          template.indexOf('{') >= 0 && template.indexOf('"') < 0 && template.indexOf('\\') < 0;
      quoted.append(text, from, matcher.end());
      quoted.append(needsQuotes ? "\"" + template + "\"" : template);
      from = end;
    }
    return quoted.append(text, from, text.length()).toString();
  }

  /**
   * Behind the template: at white space, a comma, or a closing brace that the template did not
   * open.
   */
  private static int end(String text, int start) {
    int open = 0;
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isWhitespace(c) || (open == 0 && (c == ',' || c == '}' || c == ']'))) {
        return i;
      }
      open += c == '{' ? 1 : c == '}' ? -1 : 0;
    }
    return text.length();
  }
}
