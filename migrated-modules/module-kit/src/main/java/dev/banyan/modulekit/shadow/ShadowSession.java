package dev.banyan.modulekit.shadow;

import dev.banyan.modulekit.shadow.ShadowRequest.Ending;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.postgresql.PGConnection;
import org.postgresql.jdbc.AutoSave;

/**
 * The one database transaction of a shadow request; it has no commit.
 *
 * <pre>
 *   the module's view              what PostgreSQL gets
 *   begin                          savepoint banyan_n
 *   commit                         check of all constraints, release banyan_n
 *   rollback                       rollback to banyan_n, release banyan_n
 *   statement in auto-commit       the statement, with a savepoint around it
 *   end of the request             rollback
 * </pre>
 */
final class ShadowSession {

  private static final Logger LOG = Logger.getLogger(ShadowSession.class);

  private final Connection connection;
  private final SessionSource source;
  private final AtomicLong levels = new AtomicLong();
  private final AtomicBoolean ended = new AtomicBoolean();

  private ShadowSession(Connection connection, SessionSource source) {
    this.connection = connection;
    this.source = source;
  }

  static ShadowSession begin(Connection connection, ShadowSettings settings, SessionSource source)
      throws SQLException {
    connection.setAutoCommit(false);
    // Local settings: they end with the transaction.
    try (PreparedStatement limits =
        connection.prepareStatement(
            "select set_config('statement_timeout', ?, true), set_config('lock_timeout', ?, true),"
                + " set_config('idle_in_transaction_session_timeout', ?, true)")) {
      limits.setString(1, Long.toString(settings.timeLimit().toMillis()));
      limits.setString(2, Long.toString(settings.lockWait().toMillis()));
      limits.setString(3, Long.toString(settings.timeLimit().toMillis()));
      limits.execute();
    }
    return new ShadowSession(connection, source);
  }

  Connection connection() {
    return connection;
  }

  /** Begins what the module takes for a transaction. */
  String beginLevel() throws SQLException {
    String level = "banyan_" + levels.incrementAndGet();
    savesEachStatement(false);
    run("savepoint " + level);
    return level;
  }

  /**
   * Ends it as a commit would: a violated constraint, deferred ones included, fails here.
   *
   * @throws SQLException as the commit would have thrown; the level is rolled back then
   */
  void commitLevel(String level) throws SQLException {
    savesEachStatement(false);
    try {
      // The check stands in a savepoint of its own, so that deferred constraints stay deferred.
      run(
          "savepoint banyan_check; set constraints all immediate;"
              + " rollback to savepoint banyan_check; release savepoint banyan_check;"
              + " release savepoint "
              + level);
    } catch (SQLException violated) {
      rollbackLevel(level);
      throw violated;
    }
  }

  void rollbackLevel(String level) throws SQLException {
    savesEachStatement(false);
    run("rollback to savepoint " + level + "; release savepoint " + level);
  }

  /** In auto-commit a failed statement undoes itself alone, and so it must here. */
  void savesEachStatement(boolean each) throws SQLException {
    connection.unwrap(PGConnection.class).setAutosave(each ? AutoSave.ALWAYS : AutoSave.NEVER);
  }

  void end(Ending how) {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    Ending ending = how;
    try {
      if (how == Ending.CUT) {
        connection.unwrap(PGConnection.class).cancelQuery();
      } else {
        connection.rollback();
        run("select pg_advisory_unlock_all()"); // Session locks outlive a rollback.
        connection.rollback();
      }
    } catch (SQLException broken) {
      ending = Ending.CUT; // Closed then, and a transaction without its client is rolled back.
      LOG.debugf("shadow session could not be rolled back, it is closed: %s", broken.getMessage());
    } finally {
      source.giveBack(connection, ending);
    }
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
