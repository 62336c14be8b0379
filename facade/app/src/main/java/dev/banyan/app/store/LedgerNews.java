package dev.banyan.app.store;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Hears of entries that any replica writes (LISTEN), on a connection of its own. What is not heard
 * is found by looking: news only make it sooner. For one thread.
 */
@Singleton
class LedgerNews {
  static final String CHANNEL = "banyan_ledger";

  private final DataSource store;
  private @Nullable Connection listening;

  LedgerNews(DataSource store) {
    this.store = store;
  }

  /**
   * Waits until an entry was written, for so long at the most. Not at all where it has just begun
   * to listen: what was written before that is found by looking only.
   */
  void await(Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    try {
      Connection connection = listening;
      if (connection == null) {
        listen();
        return;
      }
      connection.unwrap(PGConnection.class).getNotifications(Math.toIntExact(limit.toMillis()));
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    } catch (SQLException away) {
      close();
      long rest = end - System.nanoTime();
      TimeUnit.NANOSECONDS.sleep(Math.max(rest, 0));
    }
  }

  private void listen() throws SQLException {
    Connection connection = store.getConnection();
    listening = connection;
    try (Statement statement = connection.createStatement()) {
      statement.execute("listen " + CHANNEL);
    }
  }

  void close() {
    try (Connection known = listening) {
      listening = null;
      if (known != null && !known.isClosed()) {
        try (Statement statement = known.createStatement()) {
          statement.execute("unlisten " + CHANNEL);
        }
      }
    } catch (SQLException alsoGone) {
      // It goes back to the pool, which finds out by itself.
    }
  }
}
