package dev.banyan.modulekit.shadow;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Writes things, in transactions of every kind. */
@ApplicationScoped
class Things {

  private static final String INSERT =
      "insert into kit_tests.things (name, parent) values (?, ?) returning id";

  private final DataSource database;

  @Inject
  Things(DataSource database) {
    this.database = database;
  }

  @Transactional(rollbackOn = Exception.class)
  public long required(String name, @Nullable String parent) throws SQLException {
    return plain(name, parent);
  }

  @Transactional(TxType.REQUIRES_NEW)
  public long requiresNew(String name) throws SQLException {
    return plain(name, null);
  }

  @Transactional(TxType.REQUIRES_NEW)
  public long requiresNewThatFails(String name) throws SQLException {
    plain(name, null);
    throw new IllegalStateException("after " + name);
  }

  @Transactional(TxType.NOT_SUPPORTED)
  public long notSupported(String name) throws SQLException {
    return plain(name, null);
  }

  long plain(String name, @Nullable String parent) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return insert(connection, name, parent);
    }
  }

  long byHand(String name) throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      long id = insert(connection, name, null);
      connection.commit();
      insert(connection, name + "-undone", null);
      connection.rollback();
      return id;
    }
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  long count(String namePattern) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement query =
            connection.prepareStatement(
                "select count(*) from kit_tests.things where name like ?")) {
      query.setString(1, namePattern);
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private static long insert(Connection connection, String name, @Nullable String parent)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setString(1, name);
      insert.setString(2, parent);
      try (ResultSet row = insert.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}
