package dev.banyan.app.evidence;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.banyan.migration.Evidence;
import dev.banyan.migration.Evidence.ContractSummary;
import dev.banyan.migration.Evidence.SideStatistics;
import dev.banyan.migration.LatencyCounts;
import dev.banyan.migration.LatencyCounts.Bucket;
import dev.banyan.migration.ShapeCount;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Evidence as it is written for the other replicas. A later Banyan may write more into it. */
final class EvidenceText {
  /** Only ASCII: text in PostgreSQL holds no NUL, a label may. */
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private EvidenceText() {}

  /** Instants in ISO 8601. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Written(
      String routeId,
      String since,
      String at,
      @Nullable String version,
      long requests,
      long matched,
      long tolerated,
      long mismatched,
      Map<String, Long> incomparable,
      Map<String, Long> skipped,
      Side legacy,
      Side migrated,
      Map<String, long[]> shapes,
      @Nullable Report contracts) {}

  /** Latencies as pairs: microseconds, count. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Side(long answers, long errors, List<Long> latencies) {
    static Side of(SideStatistics side) {
      return new Side(
          side.answers(),
          side.errors(),
          side.latencies().buckets().stream()
              .flatMap(bucket -> Stream.of(bucket.micros(), bucket.count()))
              .toList());
    }

    SideStatistics statistics() {
      List<Bucket> buckets = new ArrayList<>();
      for (int i = 0; i + 1 < latencies.size(); i += 2) {
        buckets.add(new Bucket(latencies.get(i), latencies.get(i + 1)));
      }
      return new SideStatistics(answers, errors, new LatencyCounts(buckets));
    }
  }

  @JsonIgnoreProperties(ignoreUnknown = true)
  record Report(String at, long passed, long failed, @Nullable String version) {
    static Report of(ContractSummary report) {
      return new Report(
          report.at().toString(), report.passed(), report.failed(), report.version().orElse(null));
    }

    ContractSummary summary() {
      return new ContractSummary(Instant.parse(at), passed, failed, Optional.ofNullable(version));
    }
  }

  static String of(Evidence evidence) {
    Map<String, long[]> shapes = new HashMap<>();
    evidence
        .shapes()
        .forEach((shape, n) -> shapes.put(shape, new long[] {n.traffic(), n.compared()}));
    try {
      return JSON.writeValueAsString(
          new Written(
              evidence.routeId(),
              evidence.since().toString(),
              evidence.at().toString(),
              evidence.version().orElse(null),
              evidence.requests(),
              evidence.matched(),
              evidence.tolerated(),
              evidence.mismatched(),
              evidence.incomparable(),
              evidence.skipped(),
              Side.of(evidence.legacy()),
              Side.of(evidence.migrated()),
              shapes,
              evidence.contracts().map(Report::of).orElse(null)));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Throws {@link IllegalArgumentException} where it cannot be read. */
  static Evidence evidence(String text) {
    try {
      Written written = JSON.readValue(text, Written.class);
      Map<String, ShapeCount> shapes = new HashMap<>();
      written.shapes().forEach((shape, n) -> shapes.put(shape, new ShapeCount(n[0], n[1])));
      return new Evidence(
          written.routeId(),
          Instant.parse(written.since()),
          Instant.parse(written.at()),
          Optional.ofNullable(written.version()),
          written.requests(),
          written.matched(),
          written.tolerated(),
          written.mismatched(),
          written.incomparable(),
          written.skipped(),
          written.legacy().statistics(),
          written.migrated().statistics(),
          shapes,
          Optional.ofNullable(written.contracts()).map(Report::summary));
    } catch (JsonProcessingException | RuntimeException unreadable) {
      throw new IllegalArgumentException(
          "evidence of a replica: " + unreadable.getMessage(), unreadable);
    }
  }
}
