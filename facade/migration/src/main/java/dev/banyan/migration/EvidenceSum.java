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
 *
 * <p>The verdict stays valid at any time. The stake of {@link RateBound} depends on the two counts
 * alone, so the stake of the sum is that of one replica that had seen every comparison, in whatever
 * order: a product of bets, one per comparison, each of which wins nothing on average whoever made
 * it. Two things are asked for. What is left out must not depend on how it came out: a snapshot
 * holds all that its replica had seen at an instant that its clock chose. And all who judge must
 * see one row of sums, each containing the one before, as Ville's inequality is about one path: so
 * a replica writes its own snapshot down first, and judges what the database then holds.
 */
final class EvidenceSum {
  private EvidenceSum() {}

  /**
   * Adds up the snapshots of one route, one per replica.
   *
   * @param all at least one, all of one route, step and candidate version
   */
  static Evidence of(Collection<Evidence> all) {
    Evidence any = all.iterator().next();
    return new Evidence(
        any.routeId(),
        all.stream().map(Evidence::since).min(Comparator.naturalOrder()).orElseThrow(),
        all.stream().map(Evidence::at).max(Comparator.naturalOrder()).orElseThrow(),
        any.version(),
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

  private static long total(Collection<Evidence> all, ToLongFunction<Evidence> count) {
    return all.stream().mapToLong(count).sum();
  }

  private static <V> Map<String, V> merged(
      Collection<Evidence> all, Function<Evidence, Map<String, V>> part, BinaryOperator<V> plus) {
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

  private static Optional<ContractSummary> newestReport(Collection<Evidence> all) {
    return all.stream()
        .flatMap(one -> one.contracts().stream())
        .max(Comparator.comparing(ContractSummary::at));
  }
}
