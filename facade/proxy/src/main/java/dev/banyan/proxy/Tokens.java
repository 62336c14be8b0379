package dev.banyan.proxy;

/** Which chars may stand where in a message head (RFC 9110 5.6.2, RFC 3986 3.2.2). */
final class Tokens {
  private static final boolean[] TOKEN = table("!#$%&'*+-.^_`|~");
  private static final boolean[] HOST = table("-._~!$&'()*+,;=:[]%");

  private Tokens() {}

  private static boolean[] table(String marks) {
    boolean[] table = new boolean[128];
    for (char c = '0'; c <= '9'; c++) {
      table[c] = true;
    }
    for (char c = 'a'; c <= 'z'; c++) {
      table[c] = true;
      table[c - 32] = true;
    }
    marks.chars().forEach(c -> table[c] = true);
    return table;
  }

  static boolean isToken(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 128 || !TOKEN[c]) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  static boolean isHostChar(char c) {
    return c < 128 && HOST[c];
  }
}
