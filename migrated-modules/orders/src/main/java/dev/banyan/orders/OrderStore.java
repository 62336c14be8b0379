package dev.banyan.orders;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Orders in the database; writes belong to the caller's transaction. */
@ApplicationScoped
class OrderStore {

  private static final String COLUMNS =
      "customer_name, order_date, shipped_date, status, total, row_guid, lead_ticks, row_version,"
          + " lines, attributes, notes";
  private static final String VALUES = "(?, ?, ?, ?, ?, ?, ?, ?, ?::json, ?::json, ?)";

  private static final String INSERT =
      "insert into orders.orders (" + COLUMNS + ") values " + VALUES + " returning order_id";
  private static final String REPLACE =
      "update orders.orders set (" + COLUMNS + ") = " + VALUES + " where order_id = ?";
  private static final String DELETE =
      "delete from orders.orders where order_id = ? returning order_id, " + COLUMNS;
  private static final String SELECT = "select order_id, " + COLUMNS + " from orders.orders";

  private final DataSource database;

  @Inject
  OrderStore(DataSource database) {
    this.database = database;
  }

  List<Order> all() throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement query = connection.prepareStatement(SELECT + " order by order_id")) {
      return orders(query);
    }
  }

  Optional<Order> byId(int id) throws SQLException {
    return one(SELECT + " where order_id = ?", id);
  }

  /** With the number it got. */
  Order insert(Order order) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      bind(insert, order);
      try (ResultSet row = insert.executeQuery()) {
        row.next();
        return order.numbered(row.getInt(1));
      }
    }
  }

  /** Empty where there is no order of that number. */
  Optional<Order> replace(int id, Order order) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement update = connection.prepareStatement(REPLACE)) {
      bind(update, order);
      update.setInt(12, id);
      return update.executeUpdate() == 1 ? Optional.of(order.numbered(id)) : Optional.empty();
    }
  }

  /** What it was; empty where there is no order of that number. */
  Optional<Order> delete(int id) throws SQLException {
    return one(DELETE, id);
  }

  private Optional<Order> one(String sql, int id) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement query = connection.prepareStatement(sql)) {
      query.setInt(1, id);
      return orders(query).stream().findFirst();
    }
  }

  private static void bind(PreparedStatement statement, Order order) throws SQLException {
    List<Order.Line> lines = order.lines();
    statement.setString(1, order.customerName());
    statement.setObject(2, order.orderDate().atOffset(ZoneOffset.UTC));
    Instant shipped = order.shippedDate();
    statement.setObject(3, shipped == null ? null : shipped.atOffset(ZoneOffset.UTC));
    statement.setInt(4, order.status());
    statement.setBigDecimal(5, order.total());
    statement.setObject(6, order.rowGuid());
    statement.setLong(7, order.leadTicks());
    statement.setBytes(8, bytes(order.rowVersion()));
    statement.setString(9, lines == null ? null : LegacyForm.lines(lines));
    statement.setString(10, order.attributes() == null ? null : order.attributes().toString());
    statement.setString(11, order.notes());
  }

  private static List<Order> orders(PreparedStatement query) throws SQLException {
    List<Order> orders = new ArrayList<>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        String attributes = row.getString("attributes");
        OffsetDateTime shipped = row.getObject("shipped_date", OffsetDateTime.class);
        orders.add(
            new Order(
                row.getInt("order_id"),
                row.getString("customer_name"),
                row.getObject("order_date", OffsetDateTime.class).toInstant(),
                shipped == null ? null : shipped.toInstant(),
                row.getInt("status"),
                row.getBigDecimal("total"),
                row.getObject("row_guid", UUID.class),
                row.getLong("lead_ticks"),
                numbers(row.getBytes("row_version")),
                LegacyOrderReader.lines(LegacyOrderReader.parsed(row.getString("lines"))),
                attributes == null ? null : LegacyOrderReader.parsed(attributes),
                row.getString("notes")));
      }
    }
    return orders;
  }

  private static byte @Nullable [] bytes(@Nullable List<Integer> numbers) {
    if (numbers == null) {
      return null;
    }
    byte[] bytes = new byte[numbers.size()];
    for (int at = 0; at < bytes.length; at++) {
      bytes[at] = numbers.get(at).byteValue();
    }
    return bytes;
  }

  private static @Nullable List<Integer> numbers(byte @Nullable [] bytes) {
    if (bytes == null) {
      return null;
    }
    List<Integer> numbers = new ArrayList<>();
    for (byte one : bytes) {
      numbers.add(Byte.toUnsignedInt(one));
    }
    return numbers;
  }
}
