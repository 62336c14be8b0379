package dev.banyan.migration;

import dev.banyan.migration.Evidence.ContractSummary;
import dev.banyan.parity.Comparison;
import dev.banyan.parity.Observation;
import dev.banyan.rules.Side;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** One route's counters of one candidate version since one instant. */
final class EvidenceWindow {
  private final Instant since;
  private final Optional<String> version;
  private final LongAdder requests = new LongAdder();
  private final LongAdder matched = new LongAdder();
  private final LongAdder tolerated = new LongAdder();
  private final LongAdder mismatched = new LongAdder();
  private final ReasonCounts incomparable = new ReasonCounts();
  private final ReasonCounts skipped = new ReasonCounts();
  private final ReasonCounts repeats = new ReasonCounts();
  private final SideWindow legacy = new SideWindow();
  private final SideWindow migrated = new SideWindow();
  private final ShapeCounts shapes = new ShapeCounts();
  private volatile Optional<ContractSummary> contracts = Optional.empty();
  private volatile Optional<EvidencePlace> place;

  EvidenceWindow(Instant since, Optional<String> version, Optional<EvidencePlace> place) {
    this.since = since;
    this.version = version;
    this.place = place;
  }

  Optional<EvidencePlace> place() {
    return place;
  }

  /** For a window that was begun before any table was told of. */
  void place(EvidencePlace first) {
    place = Optional.of(first);
  }

  Optional<String> version() {
    return version;
  }

  void served(Side side, Observation control, List<String> shape) {
    requests.increment();
    shapes.traffic(shape);
    observed(side, control);
  }

  void noticed(String shape) {
    shapes.traffic(List.of(shape));
  }

  void observed(Side side, Observation observation) {
    switch (side) {
      case LEGACY -> legacy.record(observation);
      case MIGRATED -> migrated.record(observation);
    }
  }

  void compared(Comparison comparison, List<String> shape) {
    switch (comparison) {
      case Comparison.Match match -> matched.increment();
      case Comparison.Tolerated accepted -> tolerated.increment();
      case Comparison.Mismatch mismatch -> mismatched.increment();
      case Comparison.Incomparable pair -> {
        incomparable.count(pair.reason());
        return;
      }
    }
    shapes.compared(shape);
  }

  void skipped(String reason) {
    skipped.count(reason);
  }

  void repeated(String word) {
    repeats.count(word);
  }

  Map<String, Long> repeats() {
    return repeats.snapshot();
  }

  /** Keeps the newer one: reports may arrive out of order. */
  synchronized void contract(ContractSummary report) {
    if (contracts.filter(known -> known.at().isAfter(report.at())).isEmpty()) {
      contracts = Optional.of(report);
    }
  }

  Optional<ContractSummary> contracts() {
    return contracts;
  }

  Evidence snapshot(String routeId, Instant now) {
    return new Evidence(
        routeId,
        since,
        now,
        version,
        requests.sum(),
        matched.sum(),
        tolerated.sum(),
        mismatched.sum(),
        incomparable.snapshot(),
        skipped.snapshot(),
        legacy.snapshot(),
        migrated.snapshot(),
        shapes.snapshot(),
        contracts);
  }
}
