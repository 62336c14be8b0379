package dev.banyan.suite;

import dev.banyan.app.database.EmbeddedDatabase;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What one orders module has in its database. */
record OrderTables(String name, String url, String user, String password) {
  private static final List<String> TABLES =
      List.of("orders", "outbox", "inbox", "idempotency_keys");

  /** A database of its own on this server. */
  static OrderTables create(EmbeddedDatabase server, String name) throws IOException, SQLException {
    String maintenance = server.jdbcUrl();
    try (Connection connection =
            DriverManager.getConnection(maintenance, server.user(), server.password());
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    }
    String url = maintenance.substring(0, maintenance.lastIndexOf('/') + 1) + name;
    return new OrderTables(name, url, server.user(), server.password());
  }

  /** Every row of every table but for sequences. */
  List<String> dump() throws SQLException {
    List<String> rows = new ArrayList<>();
    for (String table : TABLES) {
      rows.addAll(
          strings("select '" + table + " ' || t::text from orders." + table + " t order by 1"));
    }
    return rows;
  }

  /** The names of the orders, one for each order. */
  List<String> customers() throws SQLException {
    return strings("select customer_name from orders.orders where order_id > 10002 order by 1");
  }

  /** The names in the events of new orders, one for each event. */
  List<String> published() throws SQLException {
    return strings(
        "select payload::json ->> 'CustomerName' from orders.outbox"
            + " where type = 'OrderCreated' order by 1");
  }

  long lastNumber() throws SQLException {
    return Long.parseLong(strings("select last_value from orders.order_ids").getFirst());
  }

  /** Sessions in the middle of a transaction. */
  boolean isBusy() throws SQLException {
    return !strings(
            "select pid::text from pg_stat_activity where xact_start is not null and datname = '"
                + name
                + "' and pid <> pg_backend_pid() and backend_type = 'client backend'")
        .isEmpty();
  }

  private List<String> strings(String query) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(url, user, password);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }
}
