package dev.banyan.parity.json;

import dev.banyan.rules.CompareProfile;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A valid array or object in a text of UTF-8 bytes that is read when somebody asks what is in it.
 *
 * @param depth of its own level
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Part(byte[] bytes, int from, int to, int depth, JsonReader reader) {

  Json read() {
    if (reader.part(bytes, from, to, depth) instanceof JsonReader.Outcome.Tree(Json root)) {
      return root;
    }
    throw new IllegalStateException("part of a body: not JSON (expected: read before)");
  }

  CompareProfile.Arrays arrays() {
    return reader.arrays();
  }

  /** Whether a name of these ASCII chars may be in it at any level. */
  boolean mayName(String name) {
    return JsonBytes.has(bytes, from, to, name.charAt(0), '\\');
  }

  /**
   * The text or number of the first member of a name, where that can be told without reading all.
   *
   * @return null where somebody has to read it
   */
  @Nullable Json scalar(String name) {
    byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
    int at = JsonBytes.space(bytes, from + 1);
    while (at > 0 && bytes[at] == '"') {
      int end = JsonBytes.plainEnd(bytes, at + 1);
      int value = end < 0 ? -1 : JsonBytes.behind(bytes, end + 1, ':');
      int valueEnd = value < 0 ? -1 : JsonBytes.valueEnd(bytes, value);
      if (valueEnd < 0) {
        return null;
      }
      if (JsonBytes.same(bytes, at + 1, end, wanted, 0, wanted.length)) {
        return reader.scalar(bytes, value, valueEnd);
      }
      at = JsonBytes.behind(bytes, valueEnd, ',');
    }
    return null;
  }
}
