package dev.banyan.modulekit.shadow;

import io.smallrye.config.SmallRyeConfig;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Properties;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL's driver, with connections that know shadow requests.
 *
 * <p>It stands below the connection pool and the transaction manager, so that whatever they do
 * ({@code @Transactional} of any kind, {@code UserTransaction}, plain JDBC) ends up at the same
 * session (ADR 18). The pool makes one driver per data source.
 */
public final class ShadowSafeDriver implements Driver {

  private final Driver postgres = new org.postgresql.Driver();
  private @Nullable SessionSource sessions;

  @Override
  public @Nullable Connection connect(String url, Properties properties) throws SQLException {
    Connection connection = postgres.connect(url, properties);
    return connection == null
        ? null
        : ShadowSafeConnection.around(connection, sessions(url, properties));
  }

  private synchronized SessionSource sessions(String url, Properties properties) {
    SessionSource known = sessions;
    if (known == null) {
      Properties copy = new Properties();
      copy.putAll(properties);
      known = new SessionSource(() -> open(url, copy), settings());
      sessions = known;
    }
    return known;
  }

  private Connection open(String url, Properties properties) throws SQLException {
    Connection connection = postgres.connect(url, properties);
    if (connection == null) {
      throw new SQLException("url: " + url + " (expected: one of PostgreSQL)", "08001");
    }
    return connection;
  }

  private static ShadowSettings settings() {
    return ConfigProvider.getConfig()
        .unwrap(SmallRyeConfig.class)
        .getConfigMapping(ShadowSettings.class);
  }

  @Override
  public boolean acceptsURL(String url) throws SQLException {
    return postgres.acceptsURL(url);
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties)
      throws SQLException {
    return postgres.getPropertyInfo(url, properties);
  }

  @Override
  public int getMajorVersion() {
    return postgres.getMajorVersion();
  }

  @Override
  public int getMinorVersion() {
    return postgres.getMinorVersion();
  }

  @Override
  public boolean jdbcCompliant() {
    return postgres.jdbcCompliant();
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getLogger("org.postgresql");
  }
}
