package dev.banyan.modulekit.shadow;

import dev.banyan.modulekit.shadow.ShadowRequest.Ending;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A few database sessions for shadow requests alone, beside the pool of the live ones.
 *
 * <p>They are apart because a pooled connection goes back to the pool in the middle of a request,
 * while a shadow request's session must stay its own to the end.
 */
final class SessionSource {

  /** Opens a session with the database. */
  interface Opener {
    Connection open() throws SQLException;
  }

  private static final int VALIDITY_SECONDS = 2;

  private final Opener opener;
  private final ShadowSettings settings;
  private final Semaphore permits;
  private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();

  SessionSource(Opener opener, ShadowSettings settings) {
    this.opener = opener;
    this.settings = settings;
    this.permits = new Semaphore(settings.maxSessions());
  }

  /**
   * @throws SQLTransientConnectionException where all sessions stay in use
   */
  ShadowSession take() throws SQLException {
    acquire();
    Connection connection = null;
    try {
      connection = connect();
      return ShadowSession.begin(connection, settings, this);
    } catch (SQLException | RuntimeException failure) {
      permits.release();
      if (connection != null) {
        connection.close();
      }
      throw failure;
    }
  }

  void giveBack(Connection connection, Ending how) {
    try {
      if (how == Ending.ANSWERED && !connection.isClosed()) {
        idle.push(connection);
      } else {
        connection.close();
      }
    } catch (SQLException gone) {
      // A connection that cannot be closed is closed already.
    } finally {
      permits.release();
    }
  }

  private Connection connect() throws SQLException {
    @Nullable Connection kept;
    while ((kept = idle.poll()) != null) {
      if (kept.isValid(VALIDITY_SECONDS)) {
        return kept;
      }
      kept.close();
    }
    return opener.open();
  }

  private void acquire() throws SQLException {
    try {
      if (permits.tryAcquire(settings.sessionWait().toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    throw new SQLTransientConnectionException(
        "shadow sessions: all in use (expected: one of banyan.shadow.max-sessions="
            + settings.maxSessions()
            + " within "
            + settings.sessionWait()
            + ")",
        "53300");
  }
}
