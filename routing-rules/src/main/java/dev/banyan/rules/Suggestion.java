package dev.banyan.rules;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Guesses what somebody meant to write. */
final class Suggestion {
  private static final int MAX_DISTANCE = 3;
  private static final int LISTED = 12;
  private static final int COMPARED = 1000;

  private Suggestion() {}

  /** {@code did you mean methods?}, or the list of what is allowed. */
  static String of(String written, Collection<String> allowed) {
    Optional<String> closest = closest(written, allowed);
    if (closest.isPresent()) {
      return "did you mean " + closest.get() + "?";
    }
    String more = allowed.size() > LISTED ? ", …" : "";
    return allowed.isEmpty()
        ? "define it first; none is defined"
        : "expected one of "
            + String.join(", ", allowed.stream().sorted().limit(LISTED).toList())
            + more;
  }

  /** The word that is nearest, if it is near enough to be meant. */
  static Optional<String> closest(String written, Collection<String> allowed) {
    return allowed.stream()
        .limit(COMPARED)
        .sorted()
        .min(Comparator.comparingInt(word -> distance(written, word)))
        .filter(word -> distance(written, word) <= Math.min(MAX_DISTANCE, word.length() / 2));
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
