package dev.banyan.app.evidence;

import dev.banyan.app.evidence.EvidenceRow.RowKey;
import dev.banyan.app.evidence.EvidenceStore.Mark;
import dev.banyan.migration.MergedEvidence.Contribution;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the other replicas have written of the steps that this one is in; read again only where it
 * has changed. Written by one thread, read by any. At most {@link EvidenceStore#REPLICAS_OF_A_STEP}
 * rows by route.
 */
final class OthersEvidence {
  private final EvidenceStore store;
  private final String self;
  private volatile Map<String, Rows> byRoute = Map.of();
  private Map<RowKey, Mark> marks = Map.of();

  /** The rows of one step of one route. */
  private record Rows(String step, List<Contribution> contributions) {}

  OthersEvidence(EvidenceStore store, String self) {
    this.store = store;
    this.self = self;
  }

  List<Contribution> of(String routeId, String step) {
    Rows rows = byRoute.get(routeId);
    return rows != null && rows.step().equals(step) ? rows.contributions() : List.of();
  }

  /**
   * Reads what is new.
   *
   * @param presentSteps by route
   */
  void refresh(Map<String, String> presentSteps) throws SQLException {
    Map<RowKey, Mark> now =
        store.marks(self).stream()
            .filter(mark -> mark.key().step().equals(presentSteps.get(mark.key().routeId())))
            .collect(Collectors.toMap(Mark::key, mark -> mark));
    Set<String> changed = new HashSet<>();
    now.forEach(
        (key, mark) -> {
          if (!mark.equals(marks.get(key))) {
            changed.add(key.routeId());
          }
        });
    marks.keySet().stream()
        .filter(key -> !now.containsKey(key))
        .forEach(gone -> changed.add(gone.routeId()));
    Map<String, Rows> next = new HashMap<>(byRoute);
    next.keySet().retainAll(presentSteps.keySet());
    for (String routeId : changed) {
      String step = presentSteps.get(routeId);
      if (step != null) {
        next.put(routeId, new Rows(step, others(routeId, step)));
      }
    }
    byRoute = Map.copyOf(next);
    marks = now;
  }

  private List<Contribution> others(String routeId, String step) throws SQLException {
    List<Contribution> all = new ArrayList<>(store.read(routeId, step));
    all.removeIf(one -> one.replica().equals(self));
    return all;
  }
}
