package dev.banyan.orders;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON as the legacy's JavaScriptSerializer writes it: its escapes, dates and TimeSpans. */
final class LegacyForm {

  private static final JsonFactory JSON = new JsonFactory().setCharacterEscapes(new Escapes());
  private static final long TICKS_PER_SECOND = 10_000_000;

  private final StringWriter text = new StringWriter();
  private final JsonGenerator json;

  private LegacyForm() throws IOException {
    json = JSON.createGenerator(text);
    json.enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);
  }

  private interface Part {
    void writeTo(LegacyForm form) throws IOException;
  }

  static String order(Order order) {
    return written(form -> form.write(order));
  }

  static String orders(List<Order> orders) {
    return written(
        form -> {
          form.json.writeStartArray();
          for (Order order : orders) {
            form.write(order);
          }
          form.json.writeEndArray();
        });
  }

  /** As in an answer to a write, around the order. */
  static String wrapped(Order order) {
    return "{\"d\":" + order(order) + "}";
  }

  static String lines(List<Order.Line> lines) {
    return written(form -> form.write(lines));
  }

  /**
   * @param asked the id as the client wrote it
   */
  static String noOrder(String asked) {
    return written(
        form -> {
          form.json.writeStartObject();
          form.json.writeStringField("Message", "No order " + asked);
          form.json.writeNullField("ExceptionType");
          form.json.writeEndObject();
        });
  }

  private static String written(Part part) {
    try {
      LegacyForm form = new LegacyForm();
      part.writeTo(form);
      form.json.close();
      return form.text.toString();
    } catch (IOException ofMemory) {
      throw new UncheckedIOException(ofMemory);
    }
  }

  private void write(Order order) throws IOException {
    json.writeStartObject();
    json.writeNumberField("OrderID", order.id());
    json.writeStringField("CustomerName", order.customerName());
    write("OrderDate", order.orderDate());
    write("ShippedDate", order.shippedDate());
    json.writeNumberField("Status", order.status());
    json.writeNumberField("Total", order.total());
    json.writeStringField("RowGuid", order.rowGuid().toString());
    writeTimeSpan(order.leadTicks());
    json.writeFieldName("RowVersion");
    writeBytes(order.rowVersion());
    json.writeFieldName("Lines");
    write(order.lines());
    json.writeFieldName("Attributes");
    writeAttributes(order);
    json.writeStringField("Notes", order.notes());
    json.writeEndObject();
  }

  private void write(@Nullable List<Order.Line> lines) throws IOException {
    if (lines == null) {
      json.writeNull();
      return;
    }
    json.writeStartArray();
    for (Order.Line line : lines) {
      json.writeStartObject();
      json.writeStringField("Sku", line.sku());
      json.writeNumberField("Quantity", line.quantity());
      json.writeNumberField("UnitPrice", line.unitPrice());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void writeAttributes(Order order) throws IOException {
    if (order.attributes() == null) {
      json.writeNull();
      return;
    }
    json.writeStartObject();
    for (Map.Entry<String, JsonNode> one : order.attributes().properties()) {
      json.writeStringField(one.getKey(), one.getValue().textValue());
    }
    json.writeEndObject();
  }

  private void writeBytes(@Nullable List<Integer> bytes) throws IOException {
    if (bytes == null) {
      json.writeNull();
      return;
    }
    json.writeStartArray();
    for (int one : bytes) {
      json.writeNumber(one);
    }
    json.writeEndArray();
  }

  /** Milliseconds since 1970; the escaped slashes tell a date from a text that looks like one. */
  private void write(String name, @Nullable Instant date) throws IOException {
    json.writeFieldName(name);
    if (date == null) {
      json.writeNull();
    } else {
      json.writeRawValue("\"\\/Date(" + date.toEpochMilli() + ")\\/\"");
    }
  }

  /** An object of the public properties. */
  private void writeTimeSpan(long ticks) throws IOException {
    Duration span = Duration.ofSeconds(ticks / TICKS_PER_SECOND, ticks % TICKS_PER_SECOND * 100);
    json.writeObjectFieldStart("Lead");
    json.writeNumberField("Ticks", ticks);
    json.writeNumberField("Days", span.toDays());
    json.writeNumberField("Hours", span.toHoursPart());
    json.writeNumberField("Milliseconds", span.toMillisPart());
    json.writeNumberField("Minutes", span.toMinutesPart());
    json.writeNumberField("Seconds", span.toSecondsPart());
    writeTotal("TotalDays", ticks, 86400 * TICKS_PER_SECOND);
    writeTotal("TotalHours", ticks, 3600 * TICKS_PER_SECOND);
    writeTotal("TotalMilliseconds", ticks, TICKS_PER_SECOND / 1000);
    writeTotal("TotalMinutes", ticks, 60 * TICKS_PER_SECOND);
    writeTotal("TotalSeconds", ticks, TICKS_PER_SECOND);
    json.writeEndObject();
  }

  /** A double in the shortest digits that mean it, a whole one without a point. */
  private void writeTotal(String name, long ticks, long unit) throws IOException {
    BigDecimal shortest =
        new BigDecimal(Double.toString((double) ticks / unit)).stripTrailingZeros();
    json.writeNumberField(name, shortest);
  }

  /** Besides what JSON asks for, {@code '}, {@code <} and {@code >}, with lower-case hex digits. */
  private static final class Escapes extends CharacterEscapes {
    private final int[] escapes = standardAsciiEscapesForJSON();

    Escapes() {
      for (int c = 0; c < ' '; c++) {
        if (escapes[c] == ESCAPE_STANDARD) {
          escapes[c] = ESCAPE_CUSTOM;
        }
      }
      escapes['\''] = ESCAPE_CUSTOM;
      escapes['<'] = ESCAPE_CUSTOM;
      escapes['>'] = ESCAPE_CUSTOM;
    }

    @Override
    public int[] getEscapeCodesForAscii() {
      return escapes.clone();
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int c) {
      // Asked for everything above ASCII, too, which stays as it is.
      return c > 127 ? null : new SerializedString(String.format("\\u%04x", c));
    }
  }
}
