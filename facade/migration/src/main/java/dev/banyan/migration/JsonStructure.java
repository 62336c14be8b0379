package dev.banyan.migration;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;

/**
 * A number for the structure that {@link BodyShape} tells apart, without a string for any place:
 * each place is a hash of the way to it, and the structure the sum over all that differ. Two
 * structures of one number are possible, once in some 10^19.
 */
final class JsonStructure {
  static final long NONE = 0;

  private static final long ROOT = 0x9E3779B97F4A7C15L;
  private static final long ITEM = 0xD1B54A32D192ED03L;
  private static final long TOO_DEEP = 0x8CB92BA72F3D8DD7L;
  private static final long DATA = 0xAEF17502108EF2D9L;

  private long[] above = new long[8];
  private long[] seen = new long[32];
  private int places;
  private long sum;
  private int depth;

  private JsonStructure() {}

  /** Reads to the end; {@link #NONE} where there is nothing at all. */
  static long of(JsonParser parser) throws IOException {
    JsonStructure structure = new JsonStructure();
    structure.read(parser);
    return structure.sum;
  }

  private void read(JsonParser parser) throws IOException {
    long place = ROOT;
    for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
      switch (token) {
        case FIELD_NAME -> place = mixed(top() + name(parser.currentName()));
        case START_OBJECT, START_ARRAY -> {
          note(place, token);
          push(place);
          place = token == JsonToken.START_ARRAY ? item() : top();
        }
        case END_OBJECT, END_ARRAY -> {
          depth--;
          boolean inList = depth > 0 && parser.getParsingContext().inArray();
          place = depth == 0 ? ROOT : inList ? item() : top();
        }
        default -> note(place, token);
      }
    }
  }

  private void push(long place) {
    if (depth < BodyShape.DEEPEST) {
      if (depth == above.length) {
        above = Arrays.copyOf(above, 2 * above.length);
      }
      above[depth] = place;
    }
    depth++;
  }

  /** The place of the object or list that is open. */
  private long top() {
    return depth <= BodyShape.DEEPEST ? above[depth - 1] : TOO_DEEP;
  }

  private long item() {
    return mixed(top() ^ ITEM);
  }

  private static long name(String name) {
    if (!BodyShape.isFixed(name)) {
      return DATA;
    }
    long hash = name.length();
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 0x100000001B3L;
    }
    return hash;
  }

  private void note(long place, JsonToken token) {
    if (places >= BodyShape.MOST_PLACES) {
      return;
    }
    long hash = mixed(place + BodyShape.type(token).hashCode());
    if (isNew(hash)) {
      sum += mixed(hash);
      if (++places > seen.length / 2) {
        grow();
      }
    }
  }

  private boolean isNew(long hash) {
    int i = slot(hash);
    if (seen[i] == hash) {
      return false;
    }
    seen[i] = hash;
    return true;
  }

  private int slot(long hash) {
    int i = (int) hash & (seen.length - 1);
    while (seen[i] != 0 && seen[i] != hash) {
      i = (i + 1) & (seen.length - 1);
    }
    return i;
  }

  private void grow() {
    long[] before = seen;
    seen = new long[2 * before.length];
    for (long hash : before) {
      if (hash != 0) {
        seen[slot(hash)] = hash;
      }
    }
  }

  /** Stafford's variant 13 of MurmurHash3's last step, as {@link java.util.SplittableRandom}. */
  private static long mixed(long hash) {
    long mixed = (hash ^ (hash >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
