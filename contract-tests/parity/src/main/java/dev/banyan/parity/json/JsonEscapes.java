package dev.banyan.parity.json;

/**
 * The next character of a JSON string, whether it is escaped or not: a code point and how many
 * bytes it takes, as one number, so that nothing is made for it.
 */
final class JsonEscapes {
  /** No character that can be told alone. */
  static final long NONE = -1;

  private static final int WIDTH = 32;

  private static final int[] HEX = hexDigits();

  private JsonEscapes() {}

  static int width(long unit) {
    return (int) (unit >>> WIDTH);
  }

  static int character(long unit) {
    return (int) unit;
  }

  /**
   * @param at of the character's first byte
   */
  static long read(byte[] bytes, int at) {
    if (at >= bytes.length) {
      return NONE;
    }
    byte first = bytes[at];
    if (first == '\\') {
      return escape(bytes, at);
    }
    if (first >= 0) {
      return first < ' ' || first == '"' ? NONE : unit(first, 1);
    }
    return utf8(bytes, at);
  }

  private static long escape(byte[] bytes, int at) {
    if (at + 1 >= bytes.length) {
      return NONE;
    }
    return switch (bytes[at + 1]) {
      case '"', '\\', '/' -> unit(bytes[at + 1], 2);
      case 'b' -> unit('\b', 2);
      case 'f' -> unit('\f', 2);
      case 'n' -> unit('\n', 2);
      case 'r' -> unit('\r', 2);
      case 't' -> unit('\t', 2);
      case 'u' -> {
        int high = hex(bytes, at + 2);
        if (high < 0 || !isSurrogate(high)) {
          yield high < 0 ? NONE : unit(high, 6);
        }
        boolean escaped = at + 7 < bytes.length && bytes[at + 6] == '\\' && bytes[at + 7] == 'u';
        int low = escaped ? hex(bytes, at + 8) : -1;
        yield low >= 0 && Character.isSurrogatePair((char) high, (char) low)
            ? unit(Character.toCodePoint((char) high, (char) low), 12)
            : NONE;
      }
      default -> NONE;
    };
  }

  private static int hex(byte[] bytes, int at) {
    if (at + 4 > bytes.length) {
      return -1;
    }
    // One that is no digit makes the whole number negative.
    return (HEX[bytes[at] & 0xFF] << 12)
        | (HEX[bytes[at + 1] & 0xFF] << 8)
        | (HEX[bytes[at + 2] & 0xFF] << 4)
        | HEX[bytes[at + 3] & 0xFF];
  }

  private static int[] hexDigits() {
    int[] digits = new int[256];
    for (int c = 0; c < digits.length; c++) {
      digits[c] = c < 128 ? Character.digit(c, 16) : -1;
    }
    return digits;
  }

  private static long utf8(byte[] bytes, int at) {
    int first = bytes[at] & 0xFF;
    int width = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || at + width > bytes.length) {
      return NONE;
    }
    int character = first & (0xFF >> (width + 1));
    for (int k = at + 1; k < at + width; k++) {
      if ((bytes[k] & 0xC0) != 0x80) {
        return NONE;
      }
      character = (character << 6) | (bytes[k] & 0x3F);
    }
    boolean shortest = width == 2 || character >= (width == 3 ? 0x800 : 0x10000);
    return shortest && character <= Character.MAX_CODE_POINT && !isSurrogate(character)
        ? unit(character, width)
        : NONE;
  }

  private static boolean isSurrogate(int character) {
    return character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
  }

  private static long unit(int character, int width) {
    return ((long) width << WIDTH) | character;
  }
}
