package dev.banyan.catalog.orders;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Reads orders with their lines and attributes, oldest first. */
@ApplicationScoped
class OrderStore {

  /** One order, or all where the parameter is null. */
  private static final String CHOSEN = " where ?::int is null or order_id = ? order by order_id";

  private static final String ORDERS =
      "select order_id, customer_name, order_date, order_date_kind, shipped_date,"
          + " shipped_date_kind, status, total, row_guid, lead_ticks, row_version, notes"
          + " from catalog.orders"
          + CHOSEN;
  private static final String LINES =
      "select order_id, sku, quantity, unit_price from catalog.order_lines" + CHOSEN + ", position";
  private static final String ATTRIBUTES =
      "select order_id, name, value from catalog.order_attributes" + CHOSEN + ", position";

  private final DataSource database;

  @Inject
  OrderStore(DataSource database) {
    this.database = database;
  }

  List<Order> all() throws SQLException {
    return read(null);
  }

  Optional<Order> byId(int id) throws SQLException {
    return read(id).stream().findFirst();
  }

  private List<Order> read(@Nullable Integer id) throws SQLException {
    try (Connection connection = database.getConnection()) {
      Map<Integer, List<Order.Line>> lines = lines(connection, id);
      Map<Integer, Map<String, @Nullable String>> attributes = attributes(connection, id);

      List<Order> orders = new ArrayList<>();
      try (PreparedStatement query = chosen(connection, ORDERS, id);
          ResultSet row = query.executeQuery()) {
        while (row.next()) {
          int orderId = row.getInt("order_id");
          orders.add(order(row, lines.getOrDefault(orderId, List.of()), attributes.get(orderId)));
        }
      }
      return orders;
    }
  }

  private static Order order(
      ResultSet row, List<Order.Line> lines, @Nullable Map<String, @Nullable String> attributes)
      throws SQLException {
    LegacyDate orderDate = date(row, "order_date");
    if (orderDate == null) {
      throw new SQLException("order_date: null (expected: a date)");
    }
    return new Order(
        row.getInt("order_id"),
        row.getString("customer_name"),
        orderDate,
        date(row, "shipped_date"),
        row.getInt("status"),
        row.getBigDecimal("total"),
        row.getObject("row_guid", UUID.class),
        row.getLong("lead_ticks"),
        bytes(row.getBytes("row_version")),
        lines,
        attributes,
        row.getString("notes"));
  }

  private static Map<Integer, List<Order.Line>> lines(Connection connection, @Nullable Integer id)
      throws SQLException {
    Map<Integer, List<Order.Line>> byOrder = new HashMap<>();
    try (PreparedStatement query = chosen(connection, LINES, id);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        byOrder
            .computeIfAbsent(row.getInt(1), order -> new ArrayList<>())
            .add(new Order.Line(row.getString(2), row.getInt(3), row.getBigDecimal(4)));
      }
    }
    return byOrder;
  }

  private static Map<Integer, Map<String, @Nullable String>> attributes(
      Connection connection, @Nullable Integer id) throws SQLException {
    Map<Integer, Map<String, @Nullable String>> byOrder = new HashMap<>();
    try (PreparedStatement query = chosen(connection, ATTRIBUTES, id);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        byOrder
            .computeIfAbsent(row.getInt(1), order -> new LinkedHashMap<>())
            .put(row.getString(2), row.getString(3));
      }
    }
    return byOrder;
  }

  private static PreparedStatement chosen(Connection connection, String sql, @Nullable Integer id)
      throws SQLException {
    PreparedStatement query = connection.prepareStatement(sql);
    query.setObject(1, id, Types.INTEGER);
    query.setObject(2, id, Types.INTEGER);
    return query;
  }

  private static @Nullable LegacyDate date(ResultSet row, String column) throws SQLException {
    OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
    return at == null
        ? null
        : new LegacyDate(at.toInstant(), LegacyDate.Kind.named(row.getString(column + "_kind")));
  }

  private static @Nullable List<Byte> bytes(byte @Nullable [] bytes) {
    if (bytes == null) {
      return null;
    }
    List<Byte> list = new ArrayList<>(bytes.length);
    for (byte one : bytes) {
      list.add(one);
    }
    return list;
  }
}
