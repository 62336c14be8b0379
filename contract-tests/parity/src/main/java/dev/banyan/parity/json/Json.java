package dev.banyan.parity.json;

import dev.banyan.rules.CompareProfile;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value as it was written: number lexemes, the order of members and repeated names are kept.
 *
 * <p>Every value carries a hash of what it means: equal values have equal hashes, so that two trees
 * are told apart without walking them again and again.
 */
public sealed interface Json {
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
    public static Text of(String value) {
      return new Text(value, hashOf(value, 1));
    }
  }

  /** A number. Most are small whole ones, which take no text to keep. */
  final class Num implements Json {
    private static final int SMALL = 18;

    private final long small;
    private final @Nullable String written;

    private Num(long small, @Nullable String written) {
      this.small = small;
      this.written = written;
    }

    public static Num of(String lexeme) {
      return NumberValue.isInteger(lexeme) && lexeme.length() <= SMALL && !lexeme.equals("-0")
          ? new Num(Long.parseLong(lexeme), null)
          : new Num(0, lexeme);
    }

    /** As written. */
    public String lexeme() {
      return written == null ? Long.toString(small) : written;
    }

    /** Its {@link NumberValue}: the same text for equal numbers. */
    public String value() {
      return NumberValue.of(lexeme());
    }

    boolean sameAs(Num other) {
      boolean bothSmall = written == null && other.written == null;
      return bothSmall ? small == other.small : value().equals(other.value());
    }

    @Override
    public long hash() {
      if (written != null) {
        String value = value();
        int e = value.indexOf('e');
        String digits = e < 0 ? value : value.substring(0, e);
        String exponent = e < 0 ? "0" : value.substring(e + 1);
        boolean fits = digits.length() <= SMALL && exponent.length() <= SMALL;
        return fits && exponent.indexOf('+') < 0
            ? mixed(Long.parseLong(digits), Long.parseLong(exponent))
            : Json.hashOf(value, 2);
      }
      long digits = small;
      int zeros = 0;
      while (digits != 0 && digits % 10 == 0) {
        digits /= 10;
        zeros++;
      }
      return mixed(digits, zeros);
    }

    private static long mixed(long digits, long exponent) {
      return mix((digits ^ Secret.SEED) * 31 + exponent);
    }

    @Override
    public String toString() {
      return "Num[" + lexeme() + "]";
    }
  }

  /** An array. */
  record Arr(List<Json> items, long hash) implements Json {
    public static Arr of(List<Json> items, CompareProfile.Arrays arrays) {
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
    public static Obj of(List<Member> members) {
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

  /** Mixed four chars at a time with a secret, so that nobody can write many texts of one hash. */
  private static long hashOf(String text, long seed) {
    long hash = seed ^ Secret.SEED ^ text.length();
    int i = 0;
    for (; i + 3 < text.length(); i += 4) {
      long chars = text.charAt(i) | ((long) text.charAt(i + 1) << 16);
      chars |= ((long) text.charAt(i + 2) << 32) | ((long) text.charAt(i + 3) << 48);
      hash = (hash ^ chars) * 0xff51afd7ed558ccdL;
      hash ^= hash >>> 29;
    }
    for (; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0xff51afd7ed558ccdL;
      hash ^= hash >>> 29;
    }
    return mix(hash);
  }

  /** Another one in every process; no result depends on it. */
  final class Secret {
    private static final long SEED = new SecureRandom().nextLong();

    private Secret() {}
  }

  /** The finalizer of MurmurHash3. */
  private static long mix(long value) {
    long z = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
    z = (z ^ (z >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return z ^ (z >>> 33);
  }
}
