package dev.banyan.app.admin;

import dev.banyan.app.admin.WatchViews.WatchView;
import dev.banyan.app.comparing.Exemplar;
import dev.banyan.app.seen.Budgets;
import dev.banyan.migration.Evidence;
import dev.banyan.migration.LedgerEntry;
import dev.banyan.migration.Verdict;
import dev.banyan.parity.cure.Cure;
import dev.banyan.rules.CanaryPolicy;
import dev.banyan.rules.Share;
import dev.banyan.rules.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What REST shows; the shapes of docs/reference/admin-rest.md. */
final class Views {
  private Views() {}

  record Routes(long revision, String rulesDigest, String ledger, List<RouteView> routes) {}

  /** A route with its figures; what does not apply to its kind is null. */
  record RouteView(
      String id,
      String kind,
      @Nullable Integer status,
      Set<String> methods,
      @Nullable String host,
      String path,
      @Nullable String legacy,
      @Nullable String migrated,
      @Nullable String stage,
      @Nullable String firstStage,
      @Nullable String compare,
      long requests,
      long matched,
      long tolerated,
      long mismatched,
      long incomparable,
      long skipped,
      @Nullable Double legacyP95Millis,
      @Nullable Double migratedP95Millis,
      @Nullable VerdictView verdict,
      boolean recording,
      List<Budgets.Burn> burn,
      @Nullable String reach,
      @Nullable CanaryView canary,
      @Nullable WatchView watch) {}

  /**
   * How a route goes forward.
   *
   * @param mode {@code manual}, {@code automatic} or {@code automatic-with-approval}
   * @param pauseEnds when the present step may be left by itself; null where it never is
   */
  record CanaryView(
      List<String> steps, String mode, long pauseMillis, @Nullable Instant pauseEnds) {
    static CanaryView of(CanaryPolicy policy, @Nullable Stage stage, Instant since) {
      boolean isLeft =
          policy.mode() != CanaryPolicy.Mode.MANUAL
              && (stage instanceof Stage.Shadow || stage instanceof Stage.Canary);
      return new CanaryView(
          policy.steps().stream().map(Share::toString).toList(),
          policy.mode().name().toLowerCase(Locale.ROOT).replace('_', '-'),
          policy.pause().toMillis(),
          isLeft ? since.plus(policy.pause()) : null);
    }
  }

  record VerdictView(String word, List<String> reasons) {
    static VerdictView of(Verdict verdict) {
      return new VerdictView(verdict.word(), verdict.reasons());
    }
  }

  record EvidenceView(
      String routeId,
      Instant since,
      long requests,
      long matched,
      long tolerated,
      long mismatched,
      Map<String, Long> incomparable,
      Map<String, Long> skipped,
      Map<String, Long> repeats,
      SideView legacy,
      SideView migrated,
      Evidence.@Nullable ContractSummary contracts,
      @Nullable NoiseView noise,
      VerdictView verdict,
      String reach,
      List<ReplicaEvidence> replicas) {}

  record SideView(
      long answers,
      long errors,
      @Nullable Double p50Millis,
      @Nullable Double p95Millis,
      @Nullable Double p99Millis) {
    static SideView of(Evidence.SideStatistics side) {
      return new SideView(
          side.answers(),
          side.errors(),
          millis(side.p50()),
          millis(side.p95()),
          millis(side.p99()));
    }
  }

  record Flip(
      String routeId,
      String from,
      String to,
      @Nullable Long revision,
      @Nullable String hash,
      @Nullable Instant at,
      @Nullable String who,
      @Nullable String why,
      boolean dryRun,
      @Nullable VerdictView verdict,
      @Nullable String against) {}

  record Entries(List<EntryView> entries) {}

  record EntryView(
      long revision,
      Instant at,
      String routeId,
      String from,
      String to,
      String who,
      String why,
      String verdict,
      @Nullable String evidenceDigest,
      String rulesDigest,
      String previousHash,
      String hash) {
    static EntryView of(LedgerEntry entry) {
      var change = entry.change();
      return new EntryView(
          entry.revision(),
          entry.at(),
          change.routeId(),
          change.from().text(),
          change.to().text(),
          change.who(),
          change.why(),
          change.verdict(),
          change.evidenceDigest().orElse(null),
          change.rulesDigest(),
          entry.previousHash(),
          entry.hash());
    }
  }

  /** Accepted by one tolerance or rule since the start; owner and reason are a tolerance's. */
  record HiddenView(
      String name,
      long count,
      @Nullable String owner,
      @Nullable String reason,
      @Nullable String expires) {}

  record Mismatches(
      String routeId, List<SignatureView> signatures, List<HiddenView> hidden, long dropped) {}

  record SignatureView(
      String id,
      String location,
      String kind,
      String diagnosis,
      String looksLike,
      Cure cure,
      String standing,
      List<String> toleratedBy,
      long count,
      Instant firstSeen,
      Instant lastSeen,
      List<Exemplar> exemplars) {}

  static @Nullable Double millis(Optional<Duration> duration) {
    return duration.map(d -> Math.round(d.toNanos() / 1e4) / 100d).orElse(null);
  }

  static long total(Map<String, Long> byReason) {
    return byReason.values().stream().mapToLong(Long::longValue).sum();
  }
}
