package dev.banyan.app.store;

import dev.banyan.migration.Ledger.LedgerUnavailable;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * Which revision every replica serves. One that has not been heard of for five seconds, by the
 * database's clock, is not live: it may be gone, or have lost the database and serve its last
 * table.
 */
@Singleton
public class ReplicaStore {
  private static final String LIVE = "seen > now() - interval '5 seconds'";

  private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long FORGETS_EVERY_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final DataSource store;
  private final String id = UUID.randomUUID().toString();
  private long saidRevision = -1;
  private long saidAt;
  private long forgotAt = System.nanoTime() - FORGETS_EVERY_NANOS;

  ReplicaStore(DataSource store) {
    this.store = store;
  }

  /** One facade process. */
  public record Replica(String id, long revision, Instant seenAt, boolean live) {}

  /**
   * All replicas of the last hour.
   *
   * @param revision the ledger's newest
   * @param complete whether every live replica serves it
   */
  public record Replicas(long revision, boolean complete, List<Replica> replicas) {}

  public String id() {
    return id;
  }

  /** Says that this one serves the revision: a new one at once, the same once a second. */
  void beat(long revision) throws LedgerUnavailable {
    if (revision == saidRevision && System.nanoTime() - saidAt < EVERY_NANOS) {
      return;
    }
    try (Connection connection = store.getConnection()) {
      beat(connection, revision);
      saidRevision = revision;
      saidAt = System.nanoTime();
      if (saidAt - forgotAt >= FORGETS_EVERY_NANOS) {
        update(connection, "delete from banyan.replica where seen < now() - interval '1 hour'");
        forgotAt = saidAt;
      }
    } catch (SQLException failure) {
      throw new LedgerUnavailable("the database does not answer", failure);
    }
  }

  /** Waits for no disk: whoever looks sees it at once, and what a crash loses is said again. */
  private void beat(Connection connection, long revision) throws SQLException {
    connection.setAutoCommit(false);
    try {
      update(connection, "set local synchronous_commit = off");
      update(
          connection,
          "insert into banyan.replica (id, revision) values (?, ?)"
              + " on conflict (id) do update set revision = excluded.revision, seen = now()",
          id,
          revision);
      connection.commit();
    } finally {
      connection.setAutoCommit(true);
    }
  }

  /** Says goodbye: nobody waits for this one any longer. */
  void leave() throws LedgerUnavailable {
    try (Connection connection = store.getConnection()) {
      update(connection, "delete from banyan.replica where id = ?", id);
    } catch (SQLException failure) {
      throw new LedgerUnavailable("the database does not answer", failure);
    }
  }

  private static void update(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }

  public Replicas all() throws LedgerUnavailable {
    try (Connection connection = store.getConnection();
        PreparedStatement newest =
            connection.prepareStatement("select coalesce(max(revision), 0) from banyan.ledger");
        PreparedStatement select =
            connection.prepareStatement(
                "select id, revision, seen, " + LIVE + " as live from banyan.replica order by id");
        ResultSet revision = newest.executeQuery();
        ResultSet rows = select.executeQuery()) {
      revision.next();
      long now = revision.getLong(1);
      List<Replica> found = new ArrayList<>();
      while (rows.next()) {
        found.add(
            new Replica(
                rows.getString("id"),
                rows.getLong("revision"),
                rows.getObject("seen", OffsetDateTime.class).toInstant(),
                rows.getBoolean("live")));
      }
      boolean complete =
          found.stream().filter(Replica::live).allMatch(one -> one.revision() >= now);
      return new Replicas(now, complete, found);
    } catch (SQLException failure) {
      throw new LedgerUnavailable("the database does not answer", failure);
    }
  }
}
