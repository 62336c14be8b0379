package dev.banyan.app.evidence;

import dev.banyan.migration.EvidencePlace;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What all replicas call a step of a route: the route's last ledger entry, the stage, and the
 * digest of the rules. Replicas that serve another revision or other rules are in another step.
 */
final class EvidenceSteps {
  private record Place(String routeId, EvidencePlace place) {}

  private final EvidenceStore store;

  /** An entry that is written stays what it is. */
  private final Map<Place, Long> entries = new ConcurrentHashMap<>();

  EvidenceSteps(EvidenceStore store) {
    this.store = store;
  }

  /** Asks the database where the step is new here. */
  String name(String routeId, EvidencePlace place, String rules) throws SQLException {
    return text(entry(routeId, place), place, rules);
  }

  /** The entry that began the step; 0 for none. Asks likewise. */
  long entry(String routeId, EvidencePlace place) throws SQLException {
    Place wanted = new Place(routeId, place);
    Long known = entries.get(wanted);
    long entry = known != null ? known : store.lastEntry(routeId, place.revision());
    entries.put(wanted, entry);
    return entry;
  }

  /** The same without asking; none where it would have to. */
  Optional<String> known(String routeId, Optional<EvidencePlace> place, Optional<String> rules) {
    if (place.isEmpty() || rules.isEmpty()) {
      return Optional.empty();
    }
    return Optional.ofNullable(entries.get(new Place(routeId, place.get())))
        .map(entry -> text(entry, place.get(), rules.get()));
  }

  private static String text(long entry, EvidencePlace place, String rules) {
    return entry + " " + place.stage().text() + " " + rules;
  }

  /** Forgets all steps but these. */
  void keepOnly(Map<String, EvidencePlace> present) {
    Set<Place> kept = ConcurrentHashMap.newKeySet();
    present.forEach((routeId, place) -> kept.add(new Place(routeId, place)));
    entries.keySet().retainAll(kept);
  }

  /** The database may be another one when it is back. */
  void forget() {
    entries.clear();
  }
}
