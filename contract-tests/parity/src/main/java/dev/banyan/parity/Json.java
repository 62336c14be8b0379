package dev.banyan.parity;

import dev.banyan.rules.CompareProfile;
import java.util.List;

/**
 * A JSON value as it was written: number lexemes, the order of members and repeated names are kept.
 *
 * <p>Every value carries a hash of what it means: equal values have equal hashes, so that two trees
 * are told apart without walking them again and again.
 */
sealed interface Json {
  long hash();

  /** The fixed words. */
  enum Word implements Json {
    TRUE(0x5bd1e995L),
    FALSE(0x27d4eb2fL),
    NULL(0x165667b1L);

    private final long hash;

    Word(long seed) {
      this.hash = mix(seed);
    }

    @Override
    public long hash() {
      return hash;
    }
  }

  /** A string, escapes resolved. */
  record Text(String value, long hash) implements Json {
    static Text of(String value) {
      return new Text(value, hashOf(value, 1));
    }
  }

  /**
   * A number.
   *
   * @param lexeme as written
   * @param value its {@link NumberValue}
   */
  record Num(String lexeme, String value, long hash) implements Json {
    static Num of(String lexeme) {
      String value = NumberValue.of(lexeme);
      return new Num(lexeme, value, hashOf(value, 2));
    }
  }

  /** An array. */
  record Arr(List<Json> items, long hash) implements Json {
    static Arr of(List<Json> items, CompareProfile.Arrays arrays) {
      long hash = 3;
      for (Json item : items) {
        hash =
            arrays == CompareProfile.Arrays.ORDERED
                ? mix(hash * 31 + item.hash())
                : hash + mix(item.hash());
      }
      return new Arr(items, mix(hash));
    }
  }

  /** An object. */
  record Obj(List<Member> members, long hash) implements Json {
    static Obj of(List<Member> members) {
      long hash = 4;
      for (Member member : members) {
        hash += mix(hashOf(member.name(), 5) * 31 + member.value().hash());
      }
      return new Obj(members, mix(hash));
    }
  }

  /** A member of an object. */
  record Member(String name, Json value) {}

  /** Whether both are of one JSON type. */
  static boolean sameType(Json a, Json b) {
    if (a instanceof Word || b instanceof Word) {
      return a instanceof Word && b instanceof Word && (a == Word.NULL) == (b == Word.NULL);
    }
    return a.getClass() == b.getClass();
  }

  private static long hashOf(String text, long seed) {
    long hash = seed;
    for (int i = 0; i < text.length(); i++) {
      hash = hash * 0x100000001b3L + text.charAt(i);
    }
    return mix(hash);
  }

  /** The finalizer of MurmurHash3. */
  private static long mix(long value) {
    long z = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
    z = (z ^ (z >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return z ^ (z >>> 33);
  }
}
