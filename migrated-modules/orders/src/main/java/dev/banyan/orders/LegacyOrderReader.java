package dev.banyan.orders;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the legacy's JavaScriptSerializer takes for an order.
 *
 * <p>Member names match in any letter case, unknown ones are ignored, absent ones and null stand
 * for the type's default, numbers may be texts.
 */
final class LegacyOrderReader {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private static final UUID EMPTY = new UUID(0, 0);
  private static final List<String> STATUSES = List.of("pending", "shipped", "cancelled");

  private final Map<String, JsonNode> members = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  private LegacyOrderReader(JsonNode object) {
    if (!object.isObject()) {
      throw wrong("order", object);
    }
    object.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
  }

  /**
   * @throws IllegalArgumentException where the legacy fails, or might lose what was sent
   */
  static Order order(String body) {
    LegacyOrderReader order = new LegacyOrderReader(parsed(body));
    if (!order.node("Lead").isNull()) {
      throw wrong("Lead", order.node("Lead"));
    }
    return new Order(
        0,
        order.text("CustomerName"),
        LegacyDates.orDefault(order.text("OrderDate")),
        LegacyDates.orNull(order.text("ShippedDate")),
        order.status(),
        order.decimal("Total"),
        order.guid(),
        0,
        order.bytes(),
        lines(order.node("Lines")),
        order.attributes(),
        order.text("Notes"));
  }

  static @Nullable List<Order.Line> lines(JsonNode array) {
    if (array.isNull()) {
      return null;
    }
    List<Order.Line> lines = new ArrayList<>();
    if (array.isArray()) {
      for (JsonNode one : array) {
        LegacyOrderReader line = new LegacyOrderReader(one);
        lines.add(
            new Order.Line(line.text("Sku"), line.integer("Quantity"), line.decimal("UnitPrice")));
      }
    }
    return lines;
  }

  static JsonNode parsed(@Nullable String text) {
    if (text == null) {
      return JSON.getNodeFactory().nullNode();
    }
    try {
      JsonNode node = JSON.readTree(text);
      return node.isMissingNode() ? JSON.getNodeFactory().nullNode() : node;
    } catch (JsonProcessingException unreadable) {
      throw new IllegalArgumentException("order: unreadable (expected: JSON)", unreadable);
    }
  }

  private JsonNode node(String name) {
    JsonNode node = members.get(name);
    return node == null ? JSON.getNodeFactory().nullNode() : node;
  }

  private @Nullable String text(String name) {
    JsonNode node = node(name);
    if (node.isContainerNode()) {
      throw wrong(name, node);
    }
    return node.isNull() ? null : node.asText();
  }

  private BigDecimal decimal(String name) {
    String text = text(name);
    try {
      return text == null ? BigDecimal.ZERO : new BigDecimal(text.strip());
    } catch (NumberFormatException notANumber) {
      throw wrong(name, node(name));
    }
  }

  private int integer(String name) {
    try {
      return decimal(name).intValueExact();
    } catch (ArithmeticException fractionOrTooLarge) {
      throw wrong(name, node(name));
    }
  }

  private int status() {
    String text = text("Status");
    int named = text == null ? -1 : STATUSES.indexOf(text.strip().toLowerCase(Locale.ROOT));
    return named >= 0 ? named : integer("Status");
  }

  private UUID guid() {
    String text = text("RowGuid");
    return text == null ? EMPTY : UUID.fromString(text);
  }

  private @Nullable List<Integer> bytes() {
    JsonNode array = node("RowVersion");
    if (array.isNull()) {
      return null;
    }
    List<Integer> bytes = new ArrayList<>();
    for (JsonNode one : array) {
      if (!one.canConvertToInt() || one.intValue() < 0 || one.intValue() > 255) {
        throw wrong("RowVersion", array);
      }
      bytes.add(one.intValue());
    }
    return bytes;
  }

  private @Nullable JsonNode attributes() {
    JsonNode given = node("Attributes");
    if (given.isNull()) {
      return null;
    }
    if (!given.isObject()) {
      throw wrong("Attributes", given);
    }
    ObjectNode texts = JSON.createObjectNode();
    for (Map.Entry<String, JsonNode> one : given.properties()) {
      texts.put(one.getKey(), one.getValue().isNull() ? null : one.getValue().asText());
    }
    return texts;
  }

  private static IllegalArgumentException wrong(String name, JsonNode value) {
    return new IllegalArgumentException(
        name + ": " + value.getNodeType() + " (expected: what the legacy takes for it)");
  }
}
