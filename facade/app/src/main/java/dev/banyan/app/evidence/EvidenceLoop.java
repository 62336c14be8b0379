package dev.banyan.app.evidence;

import dev.banyan.app.background.Rounds;
import dev.banyan.migration.EvidencePlace;
import dev.banyan.migration.EvidenceWindows;
import dev.banyan.migration.TableKeeper;
import dev.banyan.rules.RoutingTable;
import dev.banyan.rules.Stage;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Every two seconds: writes what this replica has seen of the routes that migrate, as far as it is
 * new, and reads what the others have written. So many routes at a time; the rest has its turn in
 * the next rounds.
 */
@Singleton
public class EvidenceLoop {
  private static final Logger LOG = System.getLogger(EvidenceLoop.class.getName());
  private static final Duration EVERY = Duration.ofSeconds(2);
  private static final int ROUTES_AT_ONCE = 200;
  private static final int ROUNDS_TO_FORGET = 30;
  private static final long WRITES_AGAIN_NANOS = TimeUnit.MINUTES.toNanos(20);

  private final SharedEvidence shared;
  private final EvidenceWindows windows;
  private final TableKeeper tables;
  private final Rounds rounds =
      new Rounds(Thread.ofVirtual().name("evidence"), EVERY, this::roundIfReachable);
  private int round;
  private int turn;
  private long looked = -1;
  private boolean failing;

  EvidenceLoop(SharedEvidence shared, EvidenceWindows windows, TableKeeper tables) {
    this.shared = shared;
    this.windows = windows;
    this.tables = tables;
  }

  public void start() {
    rounds.start();
  }

  public void stop() {
    rounds.stop();
  }

  private void roundIfReachable() {
    try {
      round();
      failing = false;
    } catch (SQLException | RuntimeException away) {
      shared.lost();
      if (!failing) {
        LOG.log(
            Level.WARNING,
            "evidence is judged by this replica alone for now: " + away.getMessage());
      }
      failing = true;
    }
  }

  private void round() throws SQLException {
    RoutingTable table = tables.get();
    List<String> migrating = migrating(table);
    if (table.revision() != looked) {
      beginAnew(migrating, table.revision());
      looked = table.revision();
    }
    shared.own().keepOnly(Set.copyOf(migrating));
    shared.keepOnly(places(migrating));
    write(nextTurn(migrating));
    Map<String, String> steps = steps(migrating);
    shared.refresh(steps);
    if (round % ROUNDS_TO_FORGET == 0) {
      shared.store().forget(steps);
    }
    round++;
  }

  /** Those that were in another stage while this replica could not read the ledger. */
  private void beginAnew(List<String> migrating, long revision) throws SQLException {
    Map<String, Long> last = shared.store().lastEntries(migrating, revision);
    for (String routeId : migrating) {
      Optional<EvidencePlace> place = windows.place(routeId);
      if (place.isPresent()
          && shared.steps().entry(routeId, place.get()) < last.getOrDefault(routeId, 0L)) {
        windows.again(routeId, place.get(), revision);
      }
    }
  }

  private static List<String> migrating(RoutingTable table) {
    List<String> ids = new ArrayList<>();
    table
        .stages()
        .forEach(
            (routeId, stage) -> {
              if (!(stage instanceof Stage.Legacy)) {
                ids.add(routeId);
              }
            });
    Collections.sort(ids);
    return ids;
  }

  private Map<String, EvidencePlace> places(List<String> migrating) {
    Map<String, EvidencePlace> places = new HashMap<>();
    migrating.forEach(
        routeId -> windows.place(routeId).ifPresent(place -> places.put(routeId, place)));
    return places;
  }

  private Map<String, String> steps(List<String> migrating) {
    Map<String, String> steps = new HashMap<>();
    migrating.forEach(
        routeId ->
            shared
                .steps()
                .known(routeId, windows.place(routeId), windows.rules())
                .ifPresent(step -> steps.put(routeId, step)));
    return steps;
  }

  private List<String> nextTurn(List<String> migrating) {
    if (migrating.size() <= ROUTES_AT_ONCE) {
      return migrating;
    }
    List<String> next = new ArrayList<>();
    for (int i = 0; i < ROUTES_AT_ONCE; i++) {
      next.add(migrating.get((turn + i) % migrating.size()));
    }
    turn = (turn + ROUTES_AT_ONCE) % migrating.size();
    return next;
  }

  private void write(List<String> routeIds) throws SQLException {
    List<EvidenceRow> rows = new ArrayList<>();
    for (String routeId : routeIds) {
      Optional<EvidenceRow> row = shared.own().row(routeId);
      row.ifPresent(rows::add);
    }
    long now = System.nanoTime();
    List<EvidenceRow> news = shared.own().news(rows, now - WRITES_AGAIN_NANOS);
    if (!news.isEmpty()) {
      shared.store().write(news);
      shared.own().wrote(news, now);
    }
  }
}
