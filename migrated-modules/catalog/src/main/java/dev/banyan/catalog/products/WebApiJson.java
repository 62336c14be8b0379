package dev.banyan.catalog.products;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;

/**
 * JSON as Json.NET writes it for Web API.
 *
 * <p>A decimal keeps its scale, and one without digits after the point gets {@code .0}. Only
 * quotes, backslashes, control characters and the line ends of Unicode are escaped.
 */
final class WebApiJson implements WireFormat {

  @Override
  public String products(List<Product> products) {
    return products.stream().map(this::product).collect(Collectors.joining(",", "[", "]"));
  }

  @Override
  public String product(Product product) {
    return "{\"Sku\":"
        + text(product.sku())
        + ",\"Quantity\":"
        + product.quantity()
        + ",\"UnitPrice\":"
        + decimal(product.unitPrice())
        + "}";
  }

  @Override
  public String text(String text) {
    StringBuilder json = new StringBuilder(text.length() + 2).append('"');
    for (int at = 0; at < text.length(); at++) {
      append(json, text.charAt(at));
    }
    return json.append('"').toString();
  }

  private static void append(StringBuilder json, char c) {
    switch (c) {
      case '"' -> json.append("\\\"");
      case '\\' -> json.append("\\\\");
      case '\b' -> json.append("\\b");
      case '\f' -> json.append("\\f");
      case '\n' -> json.append("\\n");
      case '\r' -> json.append("\\r");
      case '\t' -> json.append("\\t");
      default -> {
        if (c < ' ' || c == '\u0085' || c == '\u2028' || c == '\u2029') {
          json.append(String.format("\\u%04x", (int) c));
        } else {
          json.append(c);
        }
      }
    }
  }

  private static String decimal(BigDecimal value) {
    return value.scale() > 0 ? value.toPlainString() : value.toPlainString() + ".0";
  }
}
