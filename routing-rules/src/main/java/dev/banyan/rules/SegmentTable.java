package dev.banyan.rules;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What lies behind a literal segment (or a host), looked up by a range of chars: open addressing,
 * at most half full, each key beside its value and as bare bytes, for with many routes the time
 * goes into waiting for memory. A map with String keys would want a substring for every question.
 *
 * @param <T> what is looked up
 */
class SegmentTable<T> {
  private static final @Nullable Object[] EMPTY = new Object[2];

  private final boolean ignoresCase;
  private final int mask;
  private final @Nullable Object[] slots;

  /**
   * @param entries keys of one char a byte; where case is ignored, folded
   */
  SegmentTable(Map<String, T> entries, boolean ignoresCase) {
    this.ignoresCase = ignoresCase;
    int size = Integer.highestOneBit(Math.max(1, 4 * entries.size() - 1));
    mask = size - 1;
    slots = entries.isEmpty() ? EMPTY : new Object[2 * size];
    entries.forEach(this::put);
  }

  final boolean isEmpty() {
    return slots == EMPTY;
  }

  private void put(String key, T value) {
    int i = hash(key, 0, key.length()) & mask;
    while (slots[2 * i] != null) {
      i = (i + 1) & mask;
    }
    slots[2 * i] = key.getBytes(StandardCharsets.ISO_8859_1);
    slots[2 * i + 1] = value;
  }

  /** What stands under this very segment, or null. */
  @SuppressWarnings("unchecked") // each value stands behind its key, see put
  final @Nullable T find(String path, int from, int end) {
    for (int i = hash(path, from, end) & mask; ; i = (i + 1) & mask) {
      byte[] key = (byte[]) slots[2 * i];
      if (key == null) {
        return null;
      }
      if (matches(key, path, from, end)) {
        return (T) slots[2 * i + 1];
      }
    }
  }

  private boolean matches(byte[] key, String path, int from, int end) {
    if (key.length != end - from) {
      return false;
    }
    for (int i = 0; i < key.length; i++) {
      int c = path.charAt(from + i);
      if ((ignoresCase ? CaseFolding.ascii(c) : c) != (key[i] & 0xff)) {
        return false;
      }
    }
    return true;
  }

  /** The same whether case counts or not: it only says where to begin. */
  private static int hash(String text, int from, int end) {
    int hash = 0;
    for (int i = from; i < end; i++) {
      hash = 31 * hash + CaseFolding.ascii(text.charAt(i));
    }
    return hash ^ (hash >>> 16);
  }
}
