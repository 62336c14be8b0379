package dev.banyan.catalog.products;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Reads products, in the order in which the legacy system lists them. */
@ApplicationScoped
class ProductStore {

  private static final String COLUMNS = "select sku, quantity, unit_price from catalog.products";

  private final DataSource database;

  @Inject
  ProductStore(DataSource database) {
    this.database = database;
  }

  List<Product> all() throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement query = connection.prepareStatement(COLUMNS + " order by position")) {
      return products(query);
    }
  }

  /** A SKU is matched by its exact letters, as the legacy does. */
  Optional<Product> bySku(String sku) throws SQLException {
    if (sku.indexOf('\0') >= 0) {
      return Optional.empty(); // PostgreSQL refuses the character, so no SKU has it.
    }
    try (Connection connection = database.getConnection();
        PreparedStatement query = connection.prepareStatement(COLUMNS + " where sku = ?")) {
      query.setString(1, sku);
      return products(query).stream().findFirst();
    }
  }

  private static List<Product> products(PreparedStatement query) throws SQLException {
    List<Product> products = new ArrayList<>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        products.add(new Product(row.getString(1), row.getInt(2), row.getBigDecimal(3)));
      }
    }
    return products;
  }
}
