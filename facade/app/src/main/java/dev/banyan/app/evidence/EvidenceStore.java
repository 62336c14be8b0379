package dev.banyan.app.evidence;

import dev.banyan.app.evidence.EvidenceRow.RowKey;
import dev.banyan.migration.MergedEvidence.Contribution;
import dev.banyan.migration.MergedEvidence.Life;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/**
 * The replicas' evidence in PostgreSQL. Every statement is a transaction of its own: who writes and
 * then reads sees what was there before whoever reads later, so all judges see one row of sums.
 */
final class EvidenceStore {
  /** Of one step; of a process that starts again and again, the oldest rows go. */
  static final int REPLICAS_OF_A_STEP = 20;

  private static final String WRITE =
      """
      insert into banyan.evidence as known (route_id, step, version, replica, number, evidence)
        values (?, ?, ?, ?, ?, ?)
      on conflict (route_id, step, version, replica) do update set
        number = excluded.number, evidence = excluded.evidence, written = now()
        where known.number < excluded.number
      """;
  private static final String LIVE =
      "exists (select from banyan.replica r where r.id = e.replica"
          + " and r.seen > now() - interval '5 seconds') as live";
  private static final String FORGET_STEPS =
      """
      delete from banyan.evidence e where written < now() - interval '1 hour'
        and not exists (select from unnest(?, ?) as present (route_id, step)
          where present.route_id = e.route_id and present.step = e.step)
      """;
  private static final String FORGET_REPLICAS =
      """
      delete from banyan.evidence e using
        (select route_id, step, version, replica,
           row_number() over (partition by route_id, step order by written desc) as place
         from banyan.evidence) as ranked
      where ranked.place > ? and (e.route_id, e.step, e.version, e.replica)
        = (ranked.route_id, ranked.step, ranked.version, ranked.replica)
      """;

  private final DataSource store;

  EvidenceStore(DataSource store) {
    this.store = store;
  }

  /** What is known of a row without its evidence. */
  record Mark(RowKey key, long number, Life life) {}

  /** Takes the place of what the replica wrote before, unless that is newer. */
  void write(Collection<EvidenceRow> rows) throws SQLException {
    try (Connection connection = store.getConnection();
        PreparedStatement insert = connection.prepareStatement(WRITE)) {
      for (EvidenceRow row : rows) {
        insert.setString(1, row.key().routeId());
        insert.setString(2, row.key().step());
        insert.setString(3, row.key().version());
        insert.setString(4, row.key().replica());
        insert.setLong(5, row.number());
        insert.setString(6, EvidenceText.of(row.evidence()));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** The revision of the route's last entry up to this one; 0 for none. */
  long lastEntry(String routeId, long revision) throws SQLException {
    return lastEntries(List.of(routeId), revision).getOrDefault(routeId, 0L);
  }

  /** Likewise of several routes; those without an entry are not in it. */
  Map<String, Long> lastEntries(Collection<String> routeIds, long revision) throws SQLException {
    try (Connection connection = store.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "select route_id, max(revision) from banyan.ledger"
                    + " where route_id = any(?) and revision <= ? group by route_id")) {
      select.setArray(1, connection.createArrayOf("text", routeIds.toArray()));
      select.setLong(2, revision);
      Map<String, Long> found = new HashMap<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found.put(rows.getString(1), rows.getLong(2));
        }
      }
      return found;
    }
  }

  /** All rows of a step. */
  List<Contribution> read(String routeId, String step) throws SQLException {
    try (Connection connection = store.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "select replica, evidence, "
                    + LIVE
                    + " from banyan.evidence e where route_id = ? and step = ?"
                    + " order by written desc limit "
                    + REPLICAS_OF_A_STEP)) {
      select.setString(1, routeId);
      select.setString(2, step);
      List<Contribution> found = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found.add(
              new Contribution(
                  rows.getString("replica"),
                  life(rows),
                  EvidenceText.evidence(rows.getString("evidence"))));
        }
      }
      return found;
    }
  }

  /** The rows of all other replicas. */
  List<Mark> marks(String self) throws SQLException {
    try (Connection connection = store.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "select route_id, step, version, replica, number, "
                    + LIVE
                    + " from banyan.evidence e where replica <> ?")) {
      select.setString(1, self);
      List<Mark> found = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          RowKey key =
              new RowKey(
                  rows.getString("route_id"),
                  rows.getString("step"),
                  rows.getString("version"),
                  rows.getString("replica"));
          found.add(new Mark(key, rows.getLong("number"), life(rows)));
        }
      }
      return found;
    }
  }

  private static Life life(ResultSet row) throws SQLException {
    return row.getBoolean("live") ? Life.LIVE : Life.GONE;
  }

  /** Lets go of steps that are over, and of the oldest of too many rows. */
  void forget(Map<String, String> presentSteps) throws SQLException {
    List<String> routes = List.copyOf(presentSteps.keySet());
    try (Connection connection = store.getConnection();
        PreparedStatement steps = connection.prepareStatement(FORGET_STEPS);
        PreparedStatement replicas = connection.prepareStatement(FORGET_REPLICAS)) {
      Array ids = connection.createArrayOf("text", routes.toArray());
      Array present =
          connection.createArrayOf("text", routes.stream().map(presentSteps::get).toArray());
      steps.setArray(1, ids);
      steps.setArray(2, present);
      steps.executeUpdate();
      replicas.setInt(1, REPLICAS_OF_A_STEP);
      replicas.executeUpdate();
    }
  }
}
