package dev.banyan.parity.json;

import dev.banyan.parity.align.Deadline;
import dev.banyan.rules.CompareProfile;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads two texts that are nearly the same. Values that {@link JsonStream} calls the same at the
 * same place are left unread until somebody asks for them; all others are read as ever. The trees
 * say what two trees of a {@link JsonReader} say.
 */
public final class JsonPair {
  /** Levels that are gone down side by side; each may walk the values below it once more. */
  private static final int LEVELS = 8;

  private final byte[] a;
  private final byte[] b;
  private final JsonStream stream;
  private final JsonReader reader = new JsonReader(CompareProfile.Arrays.ORDERED);
  private final JsonEquality equality = new JsonEquality(CompareProfile.Arrays.ORDERED);
  private Json left = Json.Word.NULL;
  private Json right = Json.Word.NULL;
  private boolean alike;

  private JsonPair(byte[] a, byte[] b) {
    this.a = a;
    this.b = b;
    this.stream = new JsonStream(a, b);
  }

  /** Both trees. */
  public record Trees(Json control, Json candidate) {}

  /**
   * Both trees, arrays in order; null where they have to be read one by one, by whoever can tell
   * what is wrong with them.
   */
  public static @Nullable Trees read(byte[] a, byte[] b) {
    boolean plain = JsonReader.surelyFits(a) && JsonReader.surelyFits(b) && isUtf8(a) && isUtf8(b);
    return plain ? new JsonPair(a, b).trees() : null;
  }

  private static boolean isUtf8(byte[] bytes) {
    int at = JsonBytes.ascii(bytes, 0);
    while (at < bytes.length) {
      long character = JsonEscapes.read(bytes, at);
      if (character == JsonEscapes.NONE) {
        return false;
      }
      at = JsonBytes.ascii(bytes, at + JsonEscapes.width(character));
    }
    return true;
  }

  private @Nullable Trees trees() {
    long end =
        different(
            JsonBytes.space(a, JsonStream.mark(a)), JsonBytes.space(b, JsonStream.mark(b)), 0);
    return end >= 0
            && JsonBytes.space(a, Places.left(end)) == a.length
            && JsonBytes.space(b, Places.right(end)) == b.length
        ? new Trees(left, right)
        : null;
  }

  /**
   * Reads the values at these places into {@link #left} and {@link #right}.
   *
   * @return the places behind them; {@link Places#NONE} where one of them cannot be read here
   */
  private long value(int i, int j, int depth) {
    Deadline.step();
    long end = stream.value(i, j, depth);
    if (end < 0) {
      return different(i, j, depth);
    }
    Grown one = unread(a, i, Places.left(end), depth);
    Grown other = one == null ? null : unread(b, j, Places.right(end), depth);
    if (one == null || other == null) {
      return each(i, Places.left(end), j, Places.right(end), depth) ? end : Places.NONE;
    }
    pair(one, other, true);
    return end;
  }

  private @Nullable Grown unread(byte[] bytes, int from, int to, int depth) {
    return switch (bytes[from]) {
      case '{' -> Json.Obj.of(new Part(bytes, from, to, depth, reader));
      case '[' -> Json.Arr.of(new Part(bytes, from, to, depth, reader));
      default -> null;
    };
  }

  private long different(int i, int j, int depth) {
    if (i < a.length && j < b.length && a[i] == b[j] && depth < LEVELS) {
      if (a[i] == '[') {
        return array(i + 1, j + 1, depth);
      }
      if (a[i] == '{') {
        return object(i + 1, j + 1, depth);
      }
    }
    int endA = i < a.length ? JsonBytes.valueEnd(a, i) : -1;
    int endB = j < b.length ? JsonBytes.valueEnd(b, j) : -1;
    return endA >= 0 && endB >= 0 && each(i, endA, j, endB, depth)
        ? Places.of(endA, endB)
        : Places.NONE;
  }

  private long array(int fromA, int fromB, int depth) {
    List<Json> one = new ArrayList<>();
    List<Json> other = new ArrayList<>();
    boolean all = true;
    long end = Places.of(fromA, fromB);
    int i = first(a, fromA, ']');
    int j = first(b, fromB, ']');
    while (i >= 0 && j >= 0) {
      end = value(i, j, depth + 1);
      if (end < 0) {
        return Places.NONE;
      }
      one.add(left);
      other.add(right);
      all &= alike;
      i = JsonBytes.behind(a, Places.left(end), ',');
      j = JsonBytes.behind(b, Places.right(end), ',');
    }
    all &= i < 0 && j < 0;
    int endA = i < 0 ? Places.left(end) : elements(a, i, one, depth);
    int endB = j < 0 ? Places.right(end) : elements(b, j, other, depth);
    pair(Json.Arr.of(one, reader.arrays()), Json.Arr.of(other, reader.arrays()), all);
    return closed(endA, endB, ']');
  }

  private long object(int fromA, int fromB, int depth) {
    List<Json.Member> one = new ArrayList<>();
    List<Json.Member> other = new ArrayList<>();
    boolean all = true;
    long end = Places.of(fromA, fromB);
    int i = first(a, fromA, '}');
    int j = first(b, fromB, '}');
    while (i >= 0 && j >= 0) {
      long name =
          isQuote(a, i) && isQuote(b, j) ? JsonScalars.string(a, i + 1, b, j + 1) : Places.NONE;
      if (name < 0) {
        break;
      }
      int valueA = JsonBytes.behind(a, Places.left(name), ':');
      int valueB = JsonBytes.behind(b, Places.right(name), ':');
      String said = name(a, i, Places.left(name), depth);
      end = said == null || valueA < 0 || valueB < 0 ? -1 : value(valueA, valueB, depth + 1);
      if (said == null || end < 0) {
        return Places.NONE;
      }
      one.add(new Json.Member(said, left));
      other.add(new Json.Member(said, right));
      all &= alike;
      i = JsonBytes.behind(a, Places.left(end), ',');
      j = JsonBytes.behind(b, Places.right(end), ',');
    }
    boolean othersLeft = i >= 0 && j >= 0;
    all &= othersLeft || (i < 0 && j < 0);
    int endA = i < 0 ? Places.left(end) : members(a, i, one, depth);
    int endB = j < 0 ? Places.right(end) : members(b, j, other, depth);
    Json.Obj control = Json.Obj.of(one);
    Json.Obj candidate = Json.Obj.of(other);
    // The same names came first on both sides: if these differ, so do the objects.
    pair(control, candidate, all && (!othersLeft || equality.same(control, candidate)));
    return closed(endA, endB, '}');
  }

  private void pair(Grown one, Grown other, boolean same) {
    Grown.beside(one, other, same);
    left = (Json) one;
    right = (Json) other;
    alike = same;
  }

  /** The rest of an array. */
  private int elements(byte[] bytes, int from, List<Json> items, int depth) {
    int end = from;
    for (int at = from; at >= 0; at = JsonBytes.behind(bytes, end, ',')) {
      end = JsonBytes.valueEnd(bytes, at);
      Json item = end < 0 ? null : read(bytes, at, end, depth + 1);
      if (item == null) {
        return -1;
      }
      items.add(item);
    }
    return end;
  }

  /** The rest of an object. */
  private int members(byte[] bytes, int from, List<Json.Member> members, int depth) {
    int end = from;
    for (int at = from; at >= 0; at = JsonBytes.behind(bytes, end, ',')) {
      int nameEnd = isQuote(bytes, at) ? JsonBytes.valueEnd(bytes, at) : -1;
      String name = nameEnd < 0 ? null : name(bytes, at, nameEnd, depth);
      int value = nameEnd < 0 ? -1 : JsonBytes.behind(bytes, nameEnd, ':');
      end = value < 0 ? -1 : JsonBytes.valueEnd(bytes, value);
      Json read = end < 0 ? null : read(bytes, value, end, depth + 1);
      if (name == null || read == null) {
        return -1;
      }
      members.add(new Json.Member(name, read));
    }
    return end;
  }

  private @Nullable String name(byte[] bytes, int from, int to, int depth) {
    return read(bytes, from, to, depth) instanceof Json.Text text
        ? reader.shared(text.value())
        : null;
  }

  /** The place of the first element or member; -1 where there is none. */
  private static int first(byte[] bytes, int from, char bracket) {
    int at = JsonBytes.space(bytes, from);
    return at < bytes.length && bytes[at] == bracket ? -1 : at;
  }

  private long closed(int endA, int endB, char bracket) {
    int i = endA < 0 ? a.length : JsonBytes.space(a, endA);
    int j = endB < 0 ? b.length : JsonBytes.space(b, endB);
    boolean both = i < a.length && j < b.length && a[i] == bracket && b[j] == bracket;
    return both ? Places.of(i + 1, j + 1) : Places.NONE;
  }

  private static boolean isQuote(byte[] bytes, int at) {
    return at < bytes.length && bytes[at] == '"';
  }

  private boolean each(int i, int endA, int j, int endB, int depth) {
    Json one = read(a, i, endA, depth);
    Json other = one == null ? null : read(b, j, endB, depth);
    if (one == null || other == null) {
      return false;
    }
    left = one;
    right = other;
    alike = equality.same(one, other);
    return true;
  }

  private @Nullable Json read(byte[] bytes, int from, int to, int depth) {
    Json scalar = depth > JsonReader.MAX_DEPTH ? null : reader.scalar(bytes, from, to);
    if (scalar != null) {
      return scalar;
    }
    return reader.part(bytes, from, to, depth) instanceof JsonReader.Outcome.Tree(Json root)
        ? root
        : null;
  }
}
