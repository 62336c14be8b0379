package dev.banyan.app.evidence;

import dev.banyan.migration.Evidence;
import dev.banyan.migration.EvidenceWindows;
import dev.banyan.migration.PlacedEvidence;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What this replica has seen, as it is written down for the others. */
final class OwnEvidence {
  private final EvidenceWindows windows;
  private final EvidenceSteps steps;
  private final String self;
  private final Map<String, Written> written = new HashMap<>();
  private long number;

  OwnEvidence(EvidenceWindows windows, EvidenceSteps steps, String self) {
    this.windows = windows;
    this.steps = steps;
    this.self = self;
  }

  /** What was written last, without the instant at which it was read. */
  private record Written(String step, Evidence evidence, long nanos) {}

  /**
   * A snapshot as a row; none as long as it is not known what it is about.
   *
   * <p>Number and snapshot are taken together, so a higher number never holds less.
   */
  synchronized Optional<EvidenceRow> row(String routeId) throws SQLException {
    PlacedEvidence seen = windows.placed(routeId);
    if (seen.rules().isEmpty() || seen.place().isEmpty()) {
      return Optional.empty();
    }
    String step = steps.name(routeId, seen.place().get(), seen.rules().get());
    number++;
    return Optional.of(EvidenceRow.of(step, self, number, seen.evidence()));
  }

  /**
   * Those rows that say something new, or were not written for so long.
   *
   * @param since nanoseconds; what was written before is written again
   */
  synchronized List<EvidenceRow> news(List<EvidenceRow> rows, long since) {
    List<EvidenceRow> news = new ArrayList<>();
    for (EvidenceRow row : rows) {
      Written last = written.get(row.key().routeId());
      boolean isOld =
          last != null
              && last.step().equals(row.key().step())
              && last.evidence().equals(timeless(row.evidence()))
              && last.nanos() - since > 0;
      if (!isOld) {
        news.add(row);
      }
    }
    return news;
  }

  synchronized void wrote(List<EvidenceRow> rows, long nanos) {
    for (EvidenceRow row : rows) {
      Written last = new Written(row.key().step(), timeless(row.evidence()), nanos);
      written.put(row.key().routeId(), last);
    }
  }

  synchronized void keepOnly(Set<String> routeIds) {
    written.keySet().retainAll(routeIds);
  }

  private static Evidence timeless(Evidence e) {
    return new Evidence(
        e.routeId(),
        e.since(),
        e.since(),
        e.version(),
        e.requests(),
        e.matched(),
        e.tolerated(),
        e.mismatched(),
        e.incomparable(),
        e.skipped(),
        e.legacy(),
        e.migrated(),
        e.shapes(),
        e.contracts());
  }
}
