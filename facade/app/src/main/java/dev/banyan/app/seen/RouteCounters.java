package dev.banyan.app.seen;

import dev.banyan.parity.Comparison;
import dev.banyan.parity.Observation;
import dev.banyan.rules.Decision;
import dev.banyan.rules.Side;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

/** One route's counters since the start of the process, or since the rules brought it. */
final class RouteCounters {
  static final String NONE = "none";

  private static final int STAGES = Labels.STAGES.size();
  private static final int CLASSES = Labels.CLASSES.size();

  private final AtomicReferenceArray<LongAdder> answered =
      new AtomicReferenceArray<>(Side.values().length * STAGES * CLASSES);
  private final Tally<Served> failures = new Tally<>(new Served("other", "other", NONE, "other"));
  private final Map<Side, Latency> durations = new EnumMap<>(Side.class);
  private final Tally<String> copies = new Tally<>("other");
  private final Tally<String> skipped = new Tally<>("other");
  private final Tally<String> compared = new Tally<>("other");
  private final BudgetCounts budget = new BudgetCounts();

  /** How requests are told apart. */
  record Served(String side, String stage, String status, String failure) {}

  /**
   * What a budget looks at.
   *
   * @param requests all but those whose client left
   * @param failed 5xx answers and failures
   * @param slow answers that began later than the budget's p95
   */
  record Judged(long requests, long failed, long slow) {}

  RouteCounters() {
    for (Side side : Side.values()) {
      durations.put(side, new Latency());
    }
  }

  void served(Decision.Serve decision, Observation control) {
    budget.served(decision.route(), control);
    Latency duration = durations.get(decision.side());
    if (duration != null) {
      duration.record(control.duration().toNanos());
    }
    int stage = Labels.stageNumber(decision.stage());
    switch (control) {
      case Observation.Answered answer ->
          cell(decision.side(), stage, Labels.classNumber(answer.status())).increment();
      case Observation.Failed failure -> {
        String word = Labels.STAGES.get(stage);
        failures.count(new Served(Labels.of(decision.side()), word, NONE, failure.failure()));
      }
    }
  }

  private LongAdder cell(Side side, int stage, int statusClass) {
    int at = (Labels.number(side) * STAGES + stage) * CLASSES + statusClass;
    LongAdder known = answered.get(at);
    if (known != null) {
      return known;
    }
    LongAdder made = new LongAdder();
    LongAdder first = answered.compareAndExchange(at, null, made);
    return first == null ? made : first;
  }

  /** The copy was answered, or failed. */
  void copied(Observation candidate) {
    copies.count(
        switch (candidate) {
          case Observation.Answered answer ->
              Labels.CLASSES.get(Labels.classNumber(answer.status()));
          case Observation.Failed failure -> failure.failure();
        });
  }

  void skipped(String reason) {
    skipped.count(reason);
  }

  void compared(Comparison comparison) {
    compared.count(
        switch (comparison) {
          case Comparison.Match match -> "match";
          case Comparison.Tolerated tolerated -> "tolerated";
          case Comparison.Mismatch mismatch -> "mismatch";
          case Comparison.Incomparable incomparable -> "incomparable";
        });
  }

  Judged judged() {
    return budget.sum();
  }

  Map<Served, Long> servedCounts() {
    Map<Served, Long> all = new HashMap<>(failures.snapshot());
    for (Side side : Side.values()) {
      for (int stage = 0; stage < STAGES; stage++) {
        for (int status = 0; status < CLASSES; status++) {
          LongAdder count = answered.get((Labels.number(side) * STAGES + stage) * CLASSES + status);
          if (count != null) {
            String word = Labels.STAGES.get(stage);
            all.put(
                new Served(Labels.of(side), word, Labels.CLASSES.get(status), NONE), count.sum());
          }
        }
      }
    }
    return all;
  }

  Map<Side, Latency> durations() {
    return durations;
  }

  Map<String, Long> copiedCounts() {
    return copies.snapshot();
  }

  Map<String, Long> skippedCounts() {
    return skipped.snapshot();
  }

  Map<String, Long> comparedCounts() {
    return compared.snapshot();
  }
}
