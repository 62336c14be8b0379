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

  /** An array; one that is a part of a text is read when its elements are asked for. */
  final class Arr extends Grown implements Json {
    private @Nullable List<Json> items;
    private final CompareProfile.Arrays arrays;

    private Arr(@Nullable List<Json> items, @Nullable Part part, CompareProfile.Arrays arrays) {
      super(part);
      this.items = items;
      this.arrays = arrays;
    }

    public static Arr of(List<Json> items, CompareProfile.Arrays arrays) {
      return new Arr(items, null, arrays);
    }

    static Arr of(Part part) {
      return new Arr(null, part, part.arrays());
    }

    public List<Json> items() {
      List<Json> known = items;
      if (known == null) {
        known = read() instanceof Arr same ? same.items() : List.of();
        items = known;
      }
      return known;
    }

    @Override
    long newHash() {
      long hash = 3;
      for (Json item : items()) {
        hash =
            arrays == CompareProfile.Arrays.ORDERED
                ? mix(hash * 31 + item.hash())
                : hash + mix(item.hash());
      }
      return mix(hash);
    }
  }

  /** An object; likewise. */
  final class Obj extends Grown implements Json {
    private @Nullable List<Member> members;

    private Obj(@Nullable List<Member> members, @Nullable Part part) {
      super(part);
      this.members = members;
    }

    public static Obj of(List<Member> members) {
      return new Obj(members, null);
    }

    static Obj of(Part part) {
      return new Obj(null, part);
    }

    public List<Member> members() {
      List<Member> known = members;
      if (known == null) {
        known = read() instanceof Obj same ? same.members() : List.of();
        members = known;
      }
      return known;
    }

    /** The value of the first member of that name; null where there is none. */
    public @Nullable Json first(String name) {
      Json found = members == null ? scalar(name) : null;
      if (found != null) {
        return found;
      }
      for (Member member : members()) {
        if (member.name().equals(name)) {
          return member.value();
        }
      }
      return null;
    }

    @Override
    long newHash() {
      long hash = 4;
      for (Member member : members()) {
        hash += mix(hashOf(member.name(), 5) * 31 + member.value().hash());
      }
      return mix(hash);
    }
  }

  /** A member of an object. */
  record Member(String name, Json value) {}

  /**
   * Whether a member at any level has that name, of ASCII chars; what is unread is mostly told
   * without being read.
   */
  static boolean names(Json json, String name) {
    return switch (json) {
      case Arr arr -> arr.mayName(name) && arr.items().stream().anyMatch(item -> names(item, name));
      case Obj obj ->
          obj.mayName(name)
              && obj.members().stream()
                  .anyMatch(member -> member.name().equals(name) || names(member.value(), name));
      default -> false;
    };
  }

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
