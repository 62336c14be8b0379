package dev.banyan.orders;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An order as the legacy knows it.
 *
 * @param leadTicks 100 nanoseconds each
 * @param rowVersion bytes as numbers from 0 to 255
 * @param attributes an object of texts
 */
record Order(
    int id,
    @Nullable String customerName,
    Instant orderDate,
    @Nullable Instant shippedDate,
    int status,
    BigDecimal total,
    UUID rowGuid,
    long leadTicks,
    @Nullable List<Integer> rowVersion,
    @Nullable List<Line> lines,
    @Nullable JsonNode attributes,
    @Nullable String notes) {

  /** One position of an order. */
  record Line(@Nullable String sku, int quantity, BigDecimal unitPrice) {}

  Order numbered(int number) {
    return new Order(
        number,
        customerName,
        orderDate,
        shippedDate,
        status,
        total,
        rowGuid,
        leadTicks,
        rowVersion,
        lines,
        attributes,
        notes);
  }
}
