package dev.banyan.app.offline;

import dev.banyan.parity.Difference;
import dev.banyan.parity.cure.Cure;
import dev.banyan.parity.diagnosis.Diagnosis;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** Findings as people read them. Nothing that a stranger sent can steer a terminal. */
final class FindingText {
  private final PrintStream out;

  FindingText(PrintStream out) {
    this.out = out;
  }

  void line(String text) {
    out.println(plain(text));
  }

  void differences(List<Difference> differences) {
    for (Difference difference : differences) {
      line(
          "    "
              + difference.location()
              + " "
              + difference.kind().word()
              + ": control "
              + shown(difference.control())
              + ", candidate "
              + shown(difference.candidate()));
      settled("      ", difference);
    }
  }

  void counts(Tally tally) {
    line(
        "  "
            + tally.matched()
            + " matched, "
            + tally.tolerated()
            + " tolerated, "
            + tally.mismatched()
            + " mismatched, "
            + tally.incomparable()
            + " incomparable");
    counts("  tolerated by", tally.rules());
    counts("  incomparable for", tally.reasons());
  }

  private void counts(String title, Map<String, Long> counts) {
    counts.forEach((name, count) -> line(title + " " + name + ": " + count));
  }

  /** The most frequent signatures, each with its diagnosis and its first exemplar. */
  void signatures(Tally tally, int most) {
    List<Tally.Sighting> all = tally.sightings();
    for (Tally.Sighting one : all.subList(0, Math.min(most, all.size()))) {
      line(
          "  %6d  %s %s"
              .formatted(one.pairs(), one.signature().location(), one.signature().kind().word()));
      settled("          ", one.exemplar());
      line(
          "          e.g. "
              + one.title()
              + ": control "
              + shown(one.exemplar().control())
              + ", candidate "
              + shown(one.exemplar().candidate()));
    }
    if (all.size() > most) {
      line("  and " + (all.size() - most) + " further signatures");
    }
    if (tally.dropped() > 0) {
      line("  " + tally.dropped() + " sightings of signatures that found no room");
    }
  }

  /** What it looks like, and what would settle it. */
  private void settled(String indent, Difference difference) {
    Diagnosis diagnosis = difference.diagnosis();
    if (diagnosis.isKnown()) {
      line(indent + "looks like " + diagnosis.name() + ": " + diagnosis.text());
    }
    Cure cure = Cure.of(difference);
    line(indent + "cure in code: " + cure.code());
    if (!cure.rule().isEmpty()) {
      line(indent + "cure in the rule file, below the profile:");
      cure.rule().lines().forEach(one -> line(indent + "  " + one));
    }
  }

  private static String shown(String fragment) {
    return fragment.isEmpty() ? "(none)" : fragment;
  }

  private static String plain(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
        plain.append("\\u%04x".formatted((int) c));
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }
}
