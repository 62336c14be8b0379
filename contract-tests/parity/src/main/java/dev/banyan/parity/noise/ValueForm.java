package dev.banyan.parity.noise;

import java.util.regex.Pattern;

/**
 * How a value is written. A clock's next value is another time, not another way to write times:
 * what varies is let off its value, never its form. Numbers need none: JSON gives them a type, and
 * a random token may happen to be all digits.
 */
enum ValueForm {
  EMPTY("\\s*"),
  GUID("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"),
  GUID_IN_BRACES("\\{[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}}"),
  GUID_PLAIN("[0-9a-fA-F]{32}"),
  DOTNET_DATE("\\\\?/Date\\(-?[0-9]{1,17}([+-][0-9]{4})?\\)\\\\?/"),
  TIME_AND_ZONE("[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:.]{5,18}(Z|[+-][0-9]{2}:?[0-9]{2})"),
  TIME("[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:.]{5,18}"),
  DATE("[0-9]{4}-[0-9]{2}-[0-9]{2}"),
  OTHER("(?s).*");

  private final Pattern pattern;

  ValueForm(String pattern) {
    this.pattern = Pattern.compile(pattern);
  }

  /** Of a fragment as differences show it: text of JSON in its quotes. */
  static ValueForm of(String fragment) {
    int length = fragment.length();
    boolean quoted = length > 1 && fragment.startsWith("\"") && fragment.endsWith("\"");
    String text = quoted ? fragment.substring(1, length - 1) : fragment;
    for (ValueForm form : values()) {
      if (form.pattern.matcher(text).matches()) {
        return form;
      }
    }
    return OTHER;
  }

  static boolean same(String control, String candidate) {
    return of(control) == of(candidate);
  }
}
