package dev.banyan.parity;

/** Writes places in a JSON document: {@code $.Lines[*].UnitPrice}, {@code $['en-US']}. */
public final class Location {
  /** Chars of a name that are kept: names may be as long as the body. */
  private static final int NAME = 100;

  private Location() {}

  public static String member(String parent, String name) {
    String shown = name.length() <= NAME ? name : name.substring(0, NAME - 1) + "…";
    return isIdentifier(shown) ? parent + "." + shown : parent + "['" + escaped(shown) + "']";
  }

  static String element(String parent) {
    return parent + "[*]";
  }

  private static boolean isIdentifier(String name) {
    if (name.isEmpty() || !isLetter(name.charAt(0))) {
      return false;
    }
    return name.chars().allMatch(c -> isLetter(c) || (c >= '0' && c <= '9'));
  }

  private static boolean isLetter(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  private static String escaped(String name) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '\'' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < ' ') {
        text.append("\\u%04x".formatted((int) c));
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }
}
