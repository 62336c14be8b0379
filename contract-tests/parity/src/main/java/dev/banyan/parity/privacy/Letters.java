package dev.banyan.parity.privacy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The chars that may stand for one another: ASCII letters of one case, digits, and the letters of
 * one Unicode block, case and kind. What is in no set stays as it is.
 */
final class Letters {
  private static final int CHARS = 1 << 16;

  /** A set of chars that may stand for one another, in a fixed order. */
  static final class Alphabet {
    private final int id;
    private final char[] chars;

    private Alphabet(int id, char[] chars) {
      this.id = id;
      this.chars = chars;
    }

    /** Another one for each alphabet, the same in every process. */
    int id() {
      return id;
    }

    int size() {
      return chars.length;
    }

    char at(int place) {
      return chars[place];
    }
  }

  /** For a digit that may not become 0: a number does not begin with one. */
  static final Alphabet NOT_ZERO = new Alphabet(1, "123456789".toCharArray());

  private static final @Nullable Alphabet[] OF = new Alphabet[CHARS];
  private static final char[] PLACE = new char[CHARS];

  static {
    Map<Object, List<Character>> sets = new LinkedHashMap<>();
    for (int c = 0; c < CHARS; c++) {
      Object set = setOf((char) c);
      if (set != null) {
        sets.computeIfAbsent(set, s -> new ArrayList<>()).add((char) c);
      }
    }
    int id = 2;
    for (List<Character> set : sets.values()) {
      char[] chars = new char[set.size()];
      Alphabet alphabet = new Alphabet(id++, chars);
      for (int i = 0; i < chars.length; i++) {
        chars[i] = set.get(i);
        PLACE[chars[i]] = (char) i;
        OF[chars[i]] = alphabet;
      }
    }
  }

  private Letters() {}

  /** Null where the char stays as it is. */
  static @Nullable Alphabet of(char c) {
    return OF[c];
  }

  /** Where a char stands in its alphabet, or in {@link #NOT_ZERO}. */
  static int place(char c, Alphabet alphabet) {
    return alphabet.id == NOT_ZERO.id ? c - '1' : PLACE[c];
  }

  private record Kind(@Nullable Object block, int type) {}

  private static @Nullable Object setOf(char c) {
    if (Character.isLowSurrogate(c)) {
      return "low surrogates";
    }
    int type = Character.getType(c);
    boolean letter =
        type == Character.UPPERCASE_LETTER
            || type == Character.LOWERCASE_LETTER
            || type == Character.OTHER_LETTER
            || type == Character.DECIMAL_DIGIT_NUMBER;
    return letter ? new Kind(Character.UnicodeBlock.of(c), type) : null;
  }
}
