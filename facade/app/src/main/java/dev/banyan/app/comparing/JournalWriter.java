package dev.banyan.app.comparing;

import dev.banyan.app.privacy.Privacy;
import dev.banyan.parity.Comparer;
import dev.banyan.parity.Comparison;
import dev.banyan.parity.Difference;
import dev.banyan.parity.Signature;
import dev.banyan.proxy.ShadowedExchange.Pair;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Writes down what differs in a pair, accepted or not. A pair is masked only where it becomes an
 * exemplar, places always.
 */
@Singleton
class JournalWriter {
  private final MismatchJournal journal;
  private final Privacy privacy;
  private final InstantSource clock;

  JournalWriter(MismatchJournal journal, Privacy privacy, InstantSource clock) {
    this.journal = journal;
    this.privacy = privacy;
    this.clock = clock;
  }

  void write(Pair pair, Comparison comparison, Comparer comparer) {
    String routeId = pair.decision().route().id();
    switch (comparison) {
      case Comparison.Mismatch mismatch -> {
        Set<Signature> signatures = new LinkedHashSet<>();
        mismatch.differences().forEach(difference -> signatures.add(signature(difference)));
        journal.mismatched(routeId, signatures, exemplar(pair, mismatch, comparer));
      }
      case Comparison.Tolerated tolerated -> {
        Map<Signature, Standing> signatures = new LinkedHashMap<>();
        Map<String, Integer> hidden = new TreeMap<>();
        for (Comparison.Accepted accepted : tolerated.accepted()) {
          hidden.merge(accepted.rule(), accepted.count(), Integer::sum);
          for (Difference difference : accepted.differences()) {
            signatures.merge(
                signature(difference),
                new Standing.Tolerated(List.of(accepted.rule())),
                JournalWriter::both);
          }
        }
        journal.tolerated(routeId, signatures, hidden, exemplar(pair, tolerated, comparer));
      }
      case Comparison.Match() -> {}
      case Comparison.Incomparable(String reason) -> {}
    }
  }

  private Supplier<Exemplar> exemplar(Pair pair, Comparison found, Comparer comparer) {
    return () ->
        Exemplar.of(privacy.shown(pair, found, comparer), clock.instant(), comparer.profile());
  }

  private Signature signature(Difference difference) {
    Signature plain = Signature.of(difference);
    return new Signature(privacy.masking().text(plain.location()), plain.kind(), plain.diagnosis());
  }

  private static Standing both(Standing one, Standing other) {
    if (one instanceof Standing.Tolerated(List<String> first)
        && other instanceof Standing.Tolerated(List<String> second)) {
      Set<String> all = new LinkedHashSet<>(first);
      all.addAll(second);
      return new Standing.Tolerated(List.copyOf(all));
    }
    return one;
  }
}
