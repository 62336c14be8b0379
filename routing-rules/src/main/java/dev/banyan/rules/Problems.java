package dev.banyan.rules;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects mistakes, so that all are told in one go. */
final class Problems {
  /** Nobody reads more, and a hostile file could hold millions. */
  private static final int MAX = 1000;

  private static final int SHOWN = 300;

  private final List<Problem> all = new ArrayList<>();
  private int count;

  void add(Problem problem) {
    count++;
    if (count <= MAX) {
      all.add(
          new Problem(
              problem.file(),
              problem.line(),
              problem.place(),
              oneLine(problem.what()),
              oneLine(problem.cure())));
    }
  }

  /** A mistake whose message has the form {@code what: value (cure)}. */
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

  int count() {
    return count;
  }

  /** Whether more are only counted. */
  boolean isFull() {
    return count >= MAX;
  }

  List<Problem> sorted() {
    List<Problem> sorted =
        new ArrayList<>(
            all.stream()
                .sorted(Comparator.comparing(Problem::file).thenComparingInt(Problem::line))
                .toList());
    if (count > MAX) {
      Problem last = sorted.getLast();
      sorted.add(
          new Problem(
              last.file(),
              last.line(),
              "document",
              "and " + (count - MAX) + " more problems",
              "correct these first"));
    }
    return sorted;
  }

  /** Values come from the file: they may be long, and hold line ends and control characters. */
  private static String oneLine(String text) {
    String cut = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    StringBuilder line = new StringBuilder(cut.length());
    cut.chars().forEach(c -> line.append(c < ' ' || (c >= 0x7f && c < 0xa0) ? '\ufffd' : (char) c));
    return line.toString();
  }
}
