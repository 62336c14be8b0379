package dev.banyan.migration;

import dev.banyan.migration.Evidence.ContractSummary;
import dev.banyan.migration.Evidence.SideStatistics;
import dev.banyan.migration.LatencyCounts.Bucket;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * The evidence of several replicas as one: each replica counts what it saw itself, so adding up
 * counts nothing twice, as long as each replica's <em>newest</em> snapshot is taken and no other.
 * The verdict's guarantee holds for the sum, as {@link RateBound} looks at the counts alone.
 */
public final class EvidenceSum {
  private EvidenceSum() {}

  /**
   * Adds up the snapshots of one route, one per replica. Those of another candidate version than
   * the one whose window began last are left out: that replica has not met the new deploy yet.
   *
   * @param snapshots at least one, all of one route
   */
  public static Evidence of(Collection<Evidence> snapshots) {
    Evidence newest = snapshots.stream().max(Comparator.comparing(Evidence::since)).orElseThrow();
    List<Evidence> all =
        snapshots.stream().filter(one -> one.version().equals(newest.version())).toList();
    return new Evidence(
        newest.routeId(),
        all.stream().map(Evidence::since).min(Comparator.naturalOrder()).orElseThrow(),
        all.stream().map(Evidence::at).max(Comparator.naturalOrder()).orElseThrow(),
        newest.version(),
        total(all, Evidence::requests),
        total(all, Evidence::matched),
        total(all, Evidence::tolerated),
        total(all, Evidence::mismatched),
        merged(all, Evidence::incomparable, Long::sum),
        merged(all, Evidence::skipped, Long::sum),
        sides(all.stream().map(Evidence::legacy).toList()),
        sides(all.stream().map(Evidence::migrated).toList()),
        merged(all, Evidence::shapes, EvidenceSum::plus),
        newestReport(all));
  }

  private static long total(List<Evidence> all, ToLongFunction<Evidence> count) {
    return all.stream().mapToLong(count).sum();
  }

  private static <V> Map<String, V> merged(
      List<Evidence> all, Function<Evidence, Map<String, V>> part, BinaryOperator<V> plus) {
    Map<String, V> sum = new HashMap<>();
    all.forEach(one -> part.apply(one).forEach((key, value) -> sum.merge(key, value, plus)));
    return sum;
  }

  private static ShapeCount plus(ShapeCount one, ShapeCount other) {
    return new ShapeCount(one.traffic() + other.traffic(), one.compared() + other.compared());
  }

  private static SideStatistics sides(List<SideStatistics> all) {
    TreeMap<Long, Long> counts = new TreeMap<>();
    all.stream()
        .flatMap(side -> side.latencies().buckets().stream())
        .forEach(bucket -> counts.merge(bucket.micros(), bucket.count(), Long::sum));
    return new SideStatistics(
        all.stream().mapToLong(SideStatistics::answers).sum(),
        all.stream().mapToLong(SideStatistics::errors).sum(),
        new LatencyCounts(
            counts.entrySet().stream()
                .map(bucket -> new Bucket(bucket.getKey(), bucket.getValue()))
                .toList()));
  }

  private static Optional<ContractSummary> newestReport(List<Evidence> all) {
    return all.stream()
        .flatMap(one -> one.contracts().stream())
        .max(Comparator.comparing(ContractSummary::at));
  }
}
