package dev.banyan.parity.json;

/**
 * Whether two texts, words or numbers are the same, whatever their writing. All answer with the
 * places behind them, or {@link Places#NONE}.
 */
final class JsonScalars {
  private JsonScalars() {}

  /** Behind the opening quotes; ends behind the closing ones. */
  static long string(byte[] a, int fromA, byte[] b, int fromB) {
    int i = fromA;
    int j = fromB;
    while (true) {
      int alike = JsonBytes.alike(a, i, b, j);
      i += alike;
      j += alike;
      if (i >= a.length || j >= b.length) {
        return Places.NONE;
      }
      if (a[i] == '"' || b[j] == '"') {
        return a[i] == b[j] ? Places.of(i + 1, j + 1) : Places.NONE;
      }
      long left = JsonEscapes.read(a, i);
      if (left == JsonEscapes.NONE) {
        return Places.NONE;
      }
      long right = JsonEscapes.read(b, j);
      if (right == JsonEscapes.NONE
          || JsonEscapes.character(left) != JsonEscapes.character(right)) {
        return Places.NONE;
      }
      i += JsonEscapes.width(left);
      j += JsonEscapes.width(right);
    }
  }

  static long word(String word, byte[] a, int i, byte[] b, int j) {
    int length = word.length();
    if (i + length > a.length || j + length > b.length) {
      return Places.NONE;
    }
    for (int k = 1; k < length; k++) {
      if (a[i + k] != word.charAt(k) || b[j + k] != word.charAt(k)) {
        return Places.NONE;
      }
    }
    return Places.of(i + length, j + length);
  }

  static long number(byte[] a, int i, byte[] b, int j) {
    int endA = JsonNumbers.end(a, i);
    if (endA < 0) {
      return Places.NONE;
    }
    int alike = j + endA - i;
    if (alike <= b.length
        && JsonBytes.same(a, i, endA, b, j, alike)
        && JsonNumbers.endsAt(b, alike)) {
      return Places.of(endA, alike);
    }
    int endB = JsonNumbers.end(b, j);
    return endB >= 0 && JsonNumbers.same(a, i, endA, b, j, endB)
        ? Places.of(endA, endB)
        : Places.NONE;
  }
}
