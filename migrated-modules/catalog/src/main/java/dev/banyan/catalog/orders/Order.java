package dev.banyan.catalog.orders;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One order, as the legacy system holds it.
 *
 * @param status 0 pending, 1 shipped, 2 cancelled: clients know the numbers
 * @param total with the scale that it was written with
 * @param leadTicks in units of 100 nanoseconds
 * @param attributes in their order; null where the order never had any
 */
record Order(
    int id,
    @Nullable String customerName,
    LegacyDate orderDate,
    @Nullable LegacyDate shippedDate,
    int status,
    BigDecimal total,
    UUID rowGuid,
    long leadTicks,
    @Nullable List<Byte> rowVersion,
    List<Line> lines,
    @Nullable Map<String, @Nullable String> attributes,
    @Nullable String notes) {

  Order {
    rowVersion = rowVersion == null ? null : List.copyOf(rowVersion);
    lines = List.copyOf(lines);
    attributes =
        attributes == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
  }

  /** One line of an order. */
  record Line(String sku, int quantity, BigDecimal unitPrice) {}
}
