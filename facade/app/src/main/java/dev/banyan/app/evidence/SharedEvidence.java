package dev.banyan.app.evidence;

import dev.banyan.app.store.ReplicaStore;
import dev.banyan.migration.Evidence;
import dev.banyan.migration.EvidencePlace;
import dev.banyan.migration.EvidenceSource;
import dev.banyan.migration.EvidenceWindows;
import dev.banyan.migration.MergedEvidence;
import dev.banyan.migration.MergedEvidence.Contribution;
import dev.banyan.migration.MergedEvidence.Life;
import dev.banyan.migration.MergedEvidence.Reach;
import dev.banyan.migration.PlacedEvidence;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The evidence of all replicas. {@link #of} is what flips are judged on: what this replica has seen
 * is written first, then the database's sum is judged. {@link #shown} is what is looked at: it asks
 * no database, and is at most some seconds behind in what the others saw.
 */
@Singleton
public class SharedEvidence implements EvidenceSource {
  private static final Logger LOG = System.getLogger(SharedEvidence.class.getName());

  private final EvidenceWindows windows;
  private final EvidenceStore store;
  private final EvidenceSteps steps;
  private final OwnEvidence own;
  private final OthersEvidence others;
  private final String self;

  /** Whether the database answered when it was last asked; believed until it is asked. */
  private volatile boolean reachable = true;

  /** Whether the others' rows were read since it was last away. */
  private volatile boolean read;

  @Inject
  SharedEvidence(EvidenceWindows windows, DataSource store, ReplicaStore replicas) {
    this(windows, store, replicas.id());
  }

  SharedEvidence(EvidenceWindows windows, DataSource store, String self) {
    this.windows = windows;
    this.store = new EvidenceStore(store);
    this.steps = new EvidenceSteps(this.store);
    this.self = self;
    this.own = new OwnEvidence(windows, steps, self);
    this.others = new OthersEvidence(this.store, self);
  }

  /** This replica's id among the parts. */
  public String self() {
    return self;
  }

  @Override
  public MergedEvidence of(String routeId) {
    if (reachable) {
      try {
        Optional<EvidenceRow> row = own.row(routeId);
        if (row.isPresent()) {
          store.write(List.of(row.get()));
          return MergedEvidence.of(
              alive(store.read(routeId, row.get().key().step())), Reach.ALL_REPLICAS);
        }
      } catch (SQLException | IllegalArgumentException away) {
        LOG.log(Level.WARNING, "evidence of the other replicas: " + away.getMessage());
      }
    }
    return alone(windows.placed(routeId));
  }

  /** The heartbeat may not have come through yet; that this one lives is beyond doubt. */
  private List<Contribution> alive(List<Contribution> rows) {
    return rows.stream()
        .map(row -> row.replica().equals(self) ? mine(row.evidence()) : row)
        .toList();
  }

  /** What this replica sees now, and what the others have written. */
  public MergedEvidence shown(String routeId) {
    PlacedEvidence seen = windows.placed(routeId);
    Optional<String> step =
        read ? steps.known(routeId, seen.place(), seen.rules()) : Optional.empty();
    if (step.isEmpty()) {
      return alone(seen);
    }
    List<Contribution> all = new ArrayList<>(others.of(routeId, step.get()));
    all.addFirst(mine(seen.evidence()));
    return MergedEvidence.of(all, Reach.ALL_REPLICAS);
  }

  private MergedEvidence alone(PlacedEvidence seen) {
    return MergedEvidence.of(List.of(mine(seen.evidence())), Reach.OWN_ONLY);
  }

  private Contribution mine(Evidence evidence) {
    return new Contribution(self, Life.LIVE, evidence);
  }

  OwnEvidence own() {
    return own;
  }

  EvidenceStore store() {
    return store;
  }

  /** Reads what the others have written of these steps. */
  void refresh(Map<String, String> presentSteps) throws SQLException {
    others.refresh(presentSteps);
    reachable = true;
    read = true;
  }

  EvidenceSteps steps() {
    return steps;
  }

  void keepOnly(Map<String, EvidencePlace> places) {
    steps.keepOnly(places);
  }

  /** The database is away: from now on this replica goes on alone. */
  void lost() {
    reachable = false;
    read = false;
    steps.forget();
  }
}
