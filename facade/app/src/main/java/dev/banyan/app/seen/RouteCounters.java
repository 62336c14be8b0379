package dev.banyan.app.seen;

import dev.banyan.parity.Comparison;
import dev.banyan.parity.Observation;
import dev.banyan.proxy.AttemptFacts;
import dev.banyan.proxy.ServedExchange;
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
  private final Tally<String> fallbacks = new Tally<>("other");
  private final LongAdder retries = new LongAdder();
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

  /**
   * Each request once, for the side that gave the answer; the failure that a fallback hid from the
   * client is counted besides. Obeys docs/adr/0026-an-answer-counts-for-who-gave-it.md.
   */
  void served(ServedExchange exchange) {
    Side side = exchange.side();
    Observation control = exchange.control();
    attempts(exchange.attempts());
    budget.served(exchange.decision().route(), control);
    Latency duration = durations.get(side);
    if (duration != null) {
      duration.record(control.duration().toNanos());
    }
    int stage = Labels.stageNumber(exchange.decision().stage());
    switch (control) {
      case Observation.Answered answer ->
          cell(side, stage, Labels.classNumber(answer.status())).increment();
      case Observation.Failed failure ->
          failures.count(
              new Served(Labels.of(side), Labels.STAGES.get(stage), NONE, failure.failure()));
    }
  }

  private void attempts(AttemptFacts before) {
    Observation.Failed lost = before.fellBackFrom();
    if (lost != null) {
      fallbacks.count(lost.failure());
    }
    if (before.retries() > 0) {
      retries.add(before.retries());
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

  /** Requests that legacy answered because the migrated side did not, by its failure. */
  Map<String, Long> fallbackCounts() {
    return fallbacks.snapshot();
  }

  /** How often a request was sent again to the same upstream. */
  long retries() {
    return retries.sum();
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
