package dev.banyan.migration;

import dev.banyan.rules.Share;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Whether what was compared stands for what clients ask: the compared may be the easy half. */
final class CoverageCheck {
  /** A shape that came less often may come to its first comparison at any moment. */
  static final int LEAST_OF_A_SHAPE = 10;

  private static final int NAMED = 10;

  private CoverageCheck() {}

  /** Copies that were skipped, or came to nothing. */
  static void unjudged(Evidence evidence, Share limit, Findings findings) {
    Map<String, Long> reasons = new TreeMap<>(evidence.skipped());
    evidence.incomparable().forEach((reason, count) -> reasons.merge(reason, count, Long::sum));
    long unjudged = reasons.values().stream().mapToLong(Long::longValue).sum();
    long copies = unjudged + evidence.compared();
    if (unjudged * Share.ALL.basisPoints() > copies * limit.basisPoints()) {
      findings.missing(
          "copies without a comparison: %d of %d (%s; expected: at most %s): %s"
              .formatted(
                  unjudged, copies, Figures.percent(unjudged, copies), limit, named(reasons)));
    }
  }

  /** The most frequent first. */
  private static String named(Map<String, Long> reasons) {
    return reasons.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .map(reason -> reason.getKey() + " " + reason.getValue())
        .collect(Collectors.joining(", "));
  }

  /** Shapes that clients use and no comparison has; 100 % switches the check off. */
  static void shapes(Evidence evidence, Share least, Findings findings) {
    if (least.equals(Share.ALL)) {
      return;
    }
    long requests = evidence.requests();
    List<String> missing =
        evidence.shapes().entrySet().stream()
            .filter(shape -> !shape.getKey().equals(ReasonCounts.OTHER))
            .filter(shape -> shape.getValue().compared() == 0)
            .filter(shape -> shape.getValue().traffic() >= LEAST_OF_A_SHAPE)
            .filter(
                shape ->
                    shape.getValue().traffic() * Share.ALL.basisPoints()
                        >= requests * least.basisPoints())
            .sorted(
                Comparator.<Map.Entry<String, ShapeCount>>comparingLong(
                        shape -> -shape.getValue().traffic())
                    .thenComparing(Map.Entry::getKey))
            .map(
                shape ->
                    "%s (%d of %d requests)"
                        .formatted(shape.getKey(), shape.getValue().traffic(), requests))
            .toList();
    if (!missing.isEmpty()) {
      findings.missing(
          "shapes without a comparison: %d (expected: none that makes up %s of all requests): %s"
              .formatted(
                  missing.size(),
                  least,
                  missing.stream().limit(NAMED).collect(Collectors.joining(", "))));
    }
  }
}
