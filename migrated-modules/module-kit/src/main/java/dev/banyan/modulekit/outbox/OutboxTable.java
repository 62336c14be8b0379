package dev.banyan.modulekit.outbox;

import dev.banyan.modulekit.KitTables;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** The SQL of the publisher. Claims, marks and failures belong to one transaction. */
@ApplicationScoped
class OutboxTable {

  /**
   * An event that has been claimed.
   *
   * @param position in the table
   * @param attempts failed ones so far
   */
  record Claim(long position, int attempts, OutboxEvent event) {}

  /** How many events wait and how many were given up. */
  record Counts(long pending, long dead) {}

  /**
   * Only the oldest pending event of a subject: a later one cannot overtake it, neither here nor in
   * another replica, since the oldest stays pending to all others until its delivery is committed.
   */
  private static final String CLAIM =
      "select position, attempts, event_id, type, subject, payload, created_at from @outbox o"
          + " where state = 'pending' and next_at <= now() and not exists (select from @outbox e"
          + " where e.state = 'pending' and e.subject = o.subject and e.position < o.position)"
          + " order by position limit ? for update skip locked";

  private static final String DELIVERED =
      "update @outbox set state = 'delivered', ended_at = now(), last_error = null"
          + " where position = ?";
  private static final String FAILED =
      "update @outbox set attempts = attempts + 1, last_error = left(?, 500),"
          + " next_at = now() + ? * interval '1 millisecond' where position = ?";
  private static final String DEAD =
      "update @outbox set attempts = attempts + 1, last_error = left(?, 500), state = 'dead',"
          + " ended_at = now() where position = ?";
  private static final String COUNTS =
      "select count(*) filter (where state = 'pending'), count(*) filter (where state = 'dead')"
          + " from @outbox where state <> 'delivered'";

  private final DataSource database;
  private final KitTables tables;

  @Inject
  OutboxTable(DataSource database, KitTables tables) {
    this.database = database;
    this.tables = tables;
  }

  List<Claim> claim(int atMost) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement query = connection.prepareStatement(tables.in(CLAIM))) {
      query.setInt(1, atMost);
      List<Claim> claims = new ArrayList<>();
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          claims.add(
              new Claim(
                  row.getLong(1),
                  row.getInt(2),
                  new OutboxEvent(
                      row.getObject(3, UUID.class),
                      row.getString(4),
                      row.getString(5),
                      row.getString(6),
                      row.getObject(7, OffsetDateTime.class).toInstant())));
        }
      }
      return claims;
    }
  }

  void delivered(Claim claim) throws SQLException {
    update(DELIVERED, claim.position());
  }

  void failed(Claim claim, String why, Duration pause) throws SQLException {
    update(FAILED, why, pause.toMillis(), claim.position());
  }

  void dead(Claim claim, String why) throws SQLException {
    update(DEAD, why, claim.position());
  }

  Counts counts() throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement query = connection.prepareStatement(tables.in(COUNTS));
        ResultSet row = query.executeQuery()) {
      row.next();
      return new Counts(row.getLong(1), row.getLong(2));
    }
  }

  /** Removes what was delivered, received or answered long ago. */
  void sweep(Duration keep) throws SQLException {
    long millis = keep.toMillis();
    String old = " < now() - ? * interval '1 millisecond'";
    update("delete from @outbox where state = 'delivered' and ended_at" + old, millis);
    update("delete from @inbox where received_at" + old, millis);
    update("delete from @idempotency_keys where expires_at < now()");
  }

  private void update(String sql, Object... parameters) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement change = connection.prepareStatement(tables.in(sql))) {
      for (int at = 0; at < parameters.length; at++) {
        change.setObject(at + 1, parameters[at]);
      }
      change.executeUpdate();
    }
  }
}
