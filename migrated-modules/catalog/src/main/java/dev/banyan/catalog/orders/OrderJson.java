package dev.banyan.catalog.orders;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Orders, and what is said when there is none, in the members and order of the legacy. */
final class OrderJson {

  private final JavaScriptSerializerForm form = new JavaScriptSerializerForm();

  private OrderJson() {}

  static String orders(List<Order> orders) {
    OrderJson json = new OrderJson();
    json.form.raw("[");
    for (int at = 0; at < orders.size(); at++) {
      json.form.raw(at == 0 ? "" : ",");
      json.write(orders.get(at));
    }
    return json.form.raw("]").toString();
  }

  static String order(Order order) {
    OrderJson json = new OrderJson();
    json.write(order);
    return json.form.toString();
  }

  /**
   * @param asked the id as the client wrote it
   */
  static String noOrder(String asked) {
    return new JavaScriptSerializerForm()
        .raw("{\"Message\":")
        .text("No order " + asked)
        .raw(",\"ExceptionType\":null}")
        .toString();
  }

  private void write(Order order) {
    LegacyDate shipped = order.shippedDate();
    form.raw("{\"OrderID\":").number(order.id());
    form.raw(",\"CustomerName\":").text(order.customerName());
    form.raw(",\"OrderDate\":").date(order.orderDate().instant());
    form.raw(",\"ShippedDate\":").date(shipped == null ? null : ShippedDateReading.read(shipped));
    form.raw(",\"Status\":").number(order.status());
    form.raw(",\"Total\":").number(order.total());
    form.raw(",\"RowGuid\":").text(order.rowGuid().toString());
    form.raw(",\"Lead\":").timeSpan(order.leadTicks());
    form.raw(",\"RowVersion\":").bytes(order.rowVersion());
    form.raw(",\"Lines\":[");
    writeLines(order.lines());
    form.raw("],\"Attributes\":");
    writeAttributes(order.attributes());
    form.raw(",\"Notes\":").text(order.notes()).raw("}");
  }

  private void writeLines(List<Order.Line> lines) {
    for (int at = 0; at < lines.size(); at++) {
      Order.Line line = lines.get(at);
      form.raw(at == 0 ? "{\"Sku\":" : ",{\"Sku\":").text(line.sku());
      form.raw(",\"Quantity\":").number(line.quantity());
      form.raw(",\"UnitPrice\":").number(line.unitPrice()).raw("}");
    }
  }

  private void writeAttributes(@Nullable Map<String, @Nullable String> attributes) {
    if (attributes == null) {
      form.raw("null");
      return;
    }
    String before = "{";
    for (Map.Entry<String, @Nullable String> attribute : attributes.entrySet()) {
      form.raw(before).text(attribute.getKey()).raw(":").text(attribute.getValue());
      before = ",";
    }
    form.raw(attributes.isEmpty() ? "{}" : "}");
  }
}
