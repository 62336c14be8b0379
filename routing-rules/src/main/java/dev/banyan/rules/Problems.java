package dev.banyan.rules;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects mistakes, so that all are told in one go. */
final class Problems {
  private final List<Problem> all = new ArrayList<>();

  void add(Problem problem) {
    all.add(problem);
  }

  /** A mistake whose message has the form {@code what: value (expected: cure)}. */
  void add(String file, int line, String place, String message) {
    int expected = message.lastIndexOf(" (");
    boolean hasCure = expected > 0 && message.endsWith(")");
    add(
        new Problem(
            file,
            line,
            place,
            hasCure ? message.substring(0, expected) : message,
            hasCure ? message.substring(expected + 2, message.length() - 1) : "correct it"));
  }

  boolean none() {
    return all.isEmpty();
  }

  List<Problem> sorted() {
    return all.stream()
        .sorted(Comparator.comparing(Problem::file).thenComparingInt(Problem::line))
        .toList();
  }
}
