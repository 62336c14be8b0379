package dev.banyan.migration;

import java.util.ArrayList;
import java.util.List;

/** Reasons against a step as they are found, and the verdict that they come to. */
final class Findings {
  private final List<String> against = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();

  /** The evidence speaks against it. */
  void against(String reason) {
    against.add(reason);
  }

  /** It cannot be said yet. */
  void missing(String reason) {
    missing.add(reason);
  }

  /** What speaks against it weighs more than what is missing; both are named, in this order. */
  Verdict verdict() {
    if (against.isEmpty() && missing.isEmpty()) {
      return new Verdict.Ready();
    }
    if (against.isEmpty()) {
      return new Verdict.Insufficient(missing);
    }
    List<String> all = new ArrayList<>(against);
    all.addAll(missing);
    return new Verdict.NotReady(all);
  }
}
