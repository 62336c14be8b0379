package dev.banyan.migration;

import dev.banyan.migration.Evidence.ContractSummary;
import dev.banyan.migration.Evidence.SideStatistics;
import java.util.Map;
import java.util.TreeMap;

/**
 * What evidence was judged, in 64 characters: {@link FieldHash} over the form's version, the fields
 * of {@link Evidence} in their order, and the maps' entries sorted by reason behind their number.
 */
final class EvidenceDigest {
  private static final String FORM = "banyan-evidence-2";

  private EvidenceDigest() {}

  static String of(Evidence evidence) {
    FieldHash hash =
        new FieldHash()
            .add(FORM)
            .add(evidence.routeId())
            .add(evidence.since().toString())
            .add(evidence.at().toString())
            .add(evidence.version())
            .add(evidence.requests())
            .add(evidence.matched())
            .add(evidence.tolerated())
            .add(evidence.mismatched());
    addCounts(hash, evidence.incomparable());
    addCounts(hash, evidence.skipped());
    addSide(hash, evidence.legacy());
    addSide(hash, evidence.migrated());
    addShapes(hash, evidence.shapes());
    hash.add(evidence.contracts().map(EvidenceDigest::text));
    return hash.hex();
  }

  private static void addCounts(FieldHash hash, Map<String, Long> counts) {
    hash.add(counts.size());
    new TreeMap<>(counts).forEach((reason, count) -> hash.add(reason).add(count));
  }

  private static void addSide(FieldHash hash, SideStatistics side) {
    hash.add(side.answers()).add(side.errors()).add(side.latencies().buckets().size());
    side.latencies().buckets().forEach(b -> hash.add(b.micros()).add(b.count()));
  }

  private static void addShapes(FieldHash hash, Map<String, ShapeCount> shapes) {
    hash.add(shapes.size());
    new TreeMap<>(shapes)
        .forEach((shape, count) -> hash.add(shape).add(count.traffic()).add(count.compared()));
  }

  private static String text(ContractSummary contracts) {
    return contracts.at()
        + " "
        + contracts.passed()
        + " "
        + contracts.failed()
        + contracts.version().map(v -> " " + v).orElse("");
  }
}
