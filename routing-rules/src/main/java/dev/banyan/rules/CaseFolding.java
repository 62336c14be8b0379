package dev.banyan.rules;

import java.nio.charset.StandardCharsets;

/**
 * Letters without their case, as .NET's {@code StringComparer.OrdinalIgnoreCase} has it: each code
 * point by its simple upper case (Unicode Character Database), but none beyond ASCII ever meets one
 * within. The text is UTF-8 with one char a byte; bytes that are no UTF-8 stay as they are.
 */
final class CaseFolding {
  private static final int ASCII = 0x80;

  private CaseFolding() {}

  /** Within ASCII: the lower case. */
  static int ascii(int c) {
    return c >= 'A' && c <= 'Z' ? c | 0x20 : c;
  }

  static String fold(String bytes) {
    StringBuilder folded = new StringBuilder(bytes.length());
    for (int i = 0; i < bytes.length(); ) {
      int length = sequence(bytes, i);
      if (length < 2) {
        folded.append((char) ascii(bytes.charAt(i++)));
      } else {
        String character = bytes.substring(i, i + length);
        int point =
            new String(character.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)
                .codePointAt(0);
        Escapes.appendUtf8(folded, beyondAscii(point));
        i += length;
      }
    }
    return folded.toString();
  }

  private static int beyondAscii(int point) {
    int upper = Character.toUpperCase(point);
    return upper < ASCII ? point : upper;
  }

  /** Bytes of the UTF-8 sequence that begins here (RFC 3629 section 3); 1 where there is none. */
  private static int sequence(String bytes, int at) {
    int first = bytes.charAt(at);
    int length = first >= 0xf0 && first < 0xf5 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 1;
    if (first >= 0xf5 || at + length > bytes.length()) {
      return 1;
    }
    for (int i = at + 1; i < at + length; i++) {
      if ((bytes.charAt(i) & ~0x3f) != 0x80) {
        return 1;
      }
    }
    return length;
  }
}
