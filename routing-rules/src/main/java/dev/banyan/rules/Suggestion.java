package dev.banyan.rules;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Guesses what somebody meant to write. */
final class Suggestion {
  private static final int MAX_DISTANCE = 3;

  private Suggestion() {}

  /** {@code did you mean methods?}, or the list of what is allowed. */
  static String of(String written, List<String> allowed) {
    return allowed.stream()
        .min(Comparator.comparingInt(word -> distance(written, word)))
        .filter(word -> distance(written, word) <= Math.min(MAX_DISTANCE, word.length() / 2))
        .map(word -> "did you mean " + word + "?")
        .orElse(allowed.isEmpty() ? "remove it" : "expected one of " + String.join(", ", allowed));
  }

  /** Edits to get from one to the other (Levenshtein), case aside. */
  private static int distance(String written, String word) {
    String a = written.toLowerCase(Locale.ROOT);
    String b = word.toLowerCase(Locale.ROOT);
    if (Math.abs(a.length() - b.length()) > MAX_DISTANCE) {
      return Integer.MAX_VALUE;
    }
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
