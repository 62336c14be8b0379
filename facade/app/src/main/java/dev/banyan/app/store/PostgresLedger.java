package dev.banyan.app.store;

import dev.banyan.migration.Ledger;
import dev.banyan.migration.LedgerChain;
import dev.banyan.migration.LedgerEntry;
import dev.banyan.migration.StageChange;
import dev.banyan.rules.Stage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The ledger in PostgreSQL. One writer at a time over all replicas, by an advisory lock within the
 * transaction.
 */
public final class PostgresLedger implements Ledger {
  private static final long WRITER_LOCK = 0x62616e79616eL;
  private static final String COLUMNS =
      "revision, at, route_id, from_stage, to_stage, who, why, verdict, evidence_digest, rules_digest,"
          + " previous_hash, hash";

  private final DataSource store;
  private final InstantSource clock;

  public PostgresLedger(DataSource store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  @Override
  public LedgerEntry append(StageChange change, long expectedRevision)
      throws StaleRevision, LedgerUnavailable {
    try (Connection connection = store.getConnection()) {
      connection.setAutoCommit(false);
      try {
        LedgerEntry entry = append(connection, change, expectedRevision);
        connection.commit();
        return entry;
      } catch (SQLException | StaleRevision | RuntimeException failure) {
        undo(connection, failure);
        throw failure;
      } finally {
        connection.setAutoCommit(true);
      }
    } catch (SQLException failure) {
      throw new LedgerUnavailable("the database does not answer", failure);
    }
  }

  private LedgerEntry append(Connection connection, StageChange change, long expectedRevision)
      throws SQLException, StaleRevision {
    try (PreparedStatement lock = connection.prepareStatement("select pg_advisory_xact_lock(?)")) {
      lock.setLong(1, WRITER_LOCK);
      lock.execute();
    }
    List<LedgerEntry> last =
        query(
            connection, "select " + COLUMNS + " from banyan.ledger order by revision desc limit 1");
    long found = last.isEmpty() ? 0 : last.getFirst().revision();
    if (found != expectedRevision) {
      throw new StaleRevision(expectedRevision, found);
    }
    LedgerEntry entry =
        LedgerChain.next(last.isEmpty() ? null : last.getFirst(), change, clock.instant());
    insert(connection, entry);
    tell(connection);
    return entry;
  }

  /** The other replicas hear of it when it is committed. */
  private static void tell(Connection connection) throws SQLException {
    try (PreparedStatement notify = connection.prepareStatement("select pg_notify(?, '')")) {
      notify.setString(1, LedgerNews.CHANNEL);
      notify.execute();
    }
  }

  private static void insert(Connection connection, LedgerEntry entry) throws SQLException {
    StageChange change = entry.change();
    String sql =
        "insert into banyan.ledger (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setLong(1, entry.revision());
      insert.setObject(2, entry.at().atOffset(ZoneOffset.UTC));
      insert.setString(3, change.routeId());
      insert.setString(4, change.from().text());
      insert.setString(5, change.to().text());
      insert.setString(6, change.who());
      insert.setString(7, change.why());
      insert.setString(8, change.verdict());
      insert.setString(9, change.evidenceDigest().orElse(null));
      insert.setString(10, change.rulesDigest());
      insert.setString(11, entry.previousHash());
      insert.setString(12, entry.hash());
      insert.executeUpdate();
    }
  }

  @Override
  public List<LedgerEntry> readAfter(long revision) throws LedgerUnavailable {
    return read(
        "select " + COLUMNS + " from banyan.ledger where revision > ? order by revision", revision);
  }

  @Override
  public List<LedgerEntry> history(String routeId, int limit) throws LedgerUnavailable {
    return read(
        "select "
            + COLUMNS
            + " from banyan.ledger where route_id = ? order by revision desc limit ?",
        routeId,
        limit);
  }

  private List<LedgerEntry> read(String sql, Object... values) throws LedgerUnavailable {
    try (Connection connection = store.getConnection()) {
      return query(connection, sql, values);
    } catch (SQLException failure) {
      throw new LedgerUnavailable("the database does not answer", failure);
    }
  }

  private static List<LedgerEntry> query(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        select.setObject(i + 1, values[i]);
      }
      List<LedgerEntry> entries = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          entries.add(entry(rows));
        }
      }
      return entries;
    }
  }

  private static LedgerEntry entry(ResultSet row) throws SQLException {
    StageChange change =
        new StageChange(
            row.getString("route_id"),
            Stage.parse(row.getString("from_stage")),
            Stage.parse(row.getString("to_stage")),
            row.getString("who"),
            row.getString("why"),
            row.getString("verdict"),
            Optional.ofNullable(row.getString("evidence_digest")),
            row.getString("rules_digest"));
    return new LedgerEntry(
        row.getLong("revision"),
        row.getObject("at", OffsetDateTime.class).toInstant(),
        change,
        row.getString("previous_hash"),
        row.getString("hash"));
  }

  private static void undo(Connection connection, Exception failure) {
    try {
      connection.rollback();
    } catch (SQLException alsoGone) {
      failure.addSuppressed(alsoGone);
    }
  }
}
