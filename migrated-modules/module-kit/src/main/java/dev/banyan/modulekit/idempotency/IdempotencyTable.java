package dev.banyan.modulekit.idempotency;

import dev.banyan.modulekit.KitTables;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/** Keys and answers, in the current transaction. */
@ApplicationScoped
class IdempotencyTable {

  /** What a key stands for. */
  sealed interface Claim {
    /** It is this request's now. */
    record Won() implements Claim {}

    /** Another request has it. */
    record OfAnother() implements Claim {}

    /** This request has been answered before. */
    record Answered(StoredAnswer answer) implements Claim {}
  }

  /** Waits where another transaction has inserted the key and not ended yet. */
  private static final String CLAIM =
      "insert into @idempotency_keys as k (key, request, status, expires_at)"
          + " values (?, ?, 0, now() + ? * interval '1 millisecond')"
          + " on conflict (key) do update set request = excluded.request, status = 0, headers = '',"
          + " body = null, expires_at = excluded.expires_at where k.expires_at < now()";

  private static final String READ =
      "select request, status, headers, body from @idempotency_keys where key = ?";
  private static final String ANSWER =
      "update @idempotency_keys set status = ?, headers = ?, body = ? where key = ?";

  private final DataSource database;
  private final KitTables tables;

  @Inject
  IdempotencyTable(DataSource database, KitTables tables) {
    this.database = database;
    this.tables = tables;
  }

  /**
   * @throws SQLException with state 55P03 where the key stays in use for longer than the patience
   */
  Claim claim(String key, byte[] request, Duration keep, Duration patience) throws SQLException {
    try (Connection connection = database.getConnection()) {
      String before = setting(connection, "select current_setting('lock_timeout')");
      setLockTimeout(connection, Long.toString(patience.toMillis()));
      boolean won = insert(connection, key, request, keep);
      setLockTimeout(connection, before);
      return won ? new Claim.Won() : read(connection, key, request);
    }
  }

  private boolean insert(Connection connection, String key, byte[] request, Duration keep)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(tables.in(CLAIM))) {
      insert.setString(1, key);
      insert.setBytes(2, request);
      insert.setLong(3, keep.toMillis());
      return insert.executeUpdate() == 1;
    }
  }

  private Claim read(Connection connection, String key, byte[] request) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(tables.in(READ))) {
      query.setString(1, key);
      try (ResultSet row = query.executeQuery()) {
        if (!row.next()) {
          throw new SQLException("idempotency key: gone (expected: still there)", "40001");
        }
        return MessageDigest.isEqual(row.getBytes(1), request)
            ? new Claim.Answered(new StoredAnswer(row.getInt(2), row.getString(3), row.getBytes(4)))
            : new Claim.OfAnother();
      }
    }
  }

  void answer(String key, StoredAnswer answer) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement update = connection.prepareStatement(tables.in(ANSWER))) {
      update.setInt(1, answer.status());
      update.setString(2, answer.headers());
      update.setBytes(3, answer.body());
      update.setString(4, key);
      update.executeUpdate();
    }
  }

  private static String setting(Connection connection, String query) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(query);
        ResultSet row = select.executeQuery()) {
      row.next();
      return row.getString(1);
    }
  }

  /** For the rest of this transaction. */
  private static void setLockTimeout(Connection connection, String value) throws SQLException {
    try (PreparedStatement set =
        connection.prepareStatement("select set_config('lock_timeout', ?, true)")) {
      set.setString(1, value);
      set.execute();
    }
  }
}
