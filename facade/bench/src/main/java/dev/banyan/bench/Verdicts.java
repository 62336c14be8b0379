package dev.banyan.bench;

/** The last lines of a benchmark: which of its bars are held. */
final class Verdicts {
  private Verdicts() {}

  static void print(boolean held, String bar) {
    System.out.printf("%s: %s%n", held ? "held" : "NOT held", bar);
  }
}
