package dev.banyan.app.store;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Lets one replica at a time take automatic steps: an advisory lock of PostgreSQL, which ends with
 * its connection, so that a replica that dies holds nobody up.
 */
@Singleton
public class PromoterLock {
  private static final long KEY = 0x62616e70726fL;

  private final DataSource store;

  PromoterLock(DataSource store) {
    this.store = store;
  }

  /** Runs it if no other replica is at it; throws if the database does not answer. */
  public void ifAlone(Runnable round) throws SQLException {
    try (Connection connection = store.getConnection()) {
      if (!ask(connection, "select pg_try_advisory_lock(?)")) {
        return;
      }
      try {
        round.run();
      } finally {
        ask(connection, "select pg_advisory_unlock(?)");
      }
    }
  }

  private static boolean ask(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, KEY);
      try (ResultSet answer = statement.executeQuery()) {
        return answer.next() && answer.getBoolean(1);
      }
    }
  }
}
