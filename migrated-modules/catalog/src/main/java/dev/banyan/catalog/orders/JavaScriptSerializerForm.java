package dev.banyan.catalog.orders;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Writes values as the legacy's JavaScriptSerializer does, which is JSON with habits of its own.
 *
 * <ul>
 *   <li>Text: besides what JSON asks for, {@code '}, {@code <} and {@code >} are escaped, with
 *       lower-case hex digits, so that an answer can be put into a script element. {@code &} and
 *       {@code /} are not; nor is anything above U+001F.
 *   <li>A date is the text {@code \/Date(milliseconds since 1970)\/}; the escaped slashes tell it
 *       from a text that only looks like one.
 *   <li>A TimeSpan is an object of its public properties; a byte array is an array of numbers.
 * </ul>
 */
final class JavaScriptSerializerForm {

  private static final long TICKS_PER_MILLISECOND = 10_000;

  private final StringBuilder json = new StringBuilder(1024);

  /** Appends JSON that is already in this form. */
  JavaScriptSerializerForm raw(String text) {
    json.append(text);
    return this;
  }

  JavaScriptSerializerForm number(long value) {
    json.append(value);
    return this;
  }

  /** A decimal, with its scale. */
  JavaScriptSerializerForm number(BigDecimal value) {
    json.append(value.toPlainString());
    return this;
  }

  JavaScriptSerializerForm text(@Nullable String text) {
    if (text == null) {
      return raw("null");
    }
    json.append('"');
    for (int at = 0; at < text.length(); at++) {
      append(text.charAt(at));
    }
    json.append('"');
    return this;
  }

  private void append(char c) {
    switch (c) {
      case '"' -> json.append("\\\"");
      case '\\' -> json.append("\\\\");
      case '\b' -> json.append("\\b");
      case '\f' -> json.append("\\f");
      case '\n' -> json.append("\\n");
      case '\r' -> json.append("\\r");
      case '\t' -> json.append("\\t");
      default -> {
        if (c < ' ' || c == '\'' || c == '<' || c == '>') {
          json.append(String.format("\\u%04x", (int) c));
        } else {
          json.append(c);
        }
      }
    }
  }

  JavaScriptSerializerForm date(@Nullable Instant instant) {
    return instant == null ? raw("null") : raw("\"\\/Date(" + instant.toEpochMilli() + ")\\/\"");
  }

  JavaScriptSerializerForm bytes(@Nullable List<Byte> bytes) {
    if (bytes == null) {
      return raw("null");
    }
    json.append('[');
    for (int at = 0; at < bytes.size(); at++) {
      json.append(at == 0 ? "" : ",").append(Byte.toUnsignedInt(bytes.get(at)));
    }
    json.append(']');
    return this;
  }

  /** A TimeSpan of so many units of 100 nanoseconds. */
  JavaScriptSerializerForm timeSpan(long ticks) {
    long milliseconds = ticks / TICKS_PER_MILLISECOND;
    return raw("{\"Ticks\":" + ticks)
        .raw(",\"Days\":" + TimeUnit.MILLISECONDS.toDays(milliseconds))
        .raw(",\"Hours\":" + TimeUnit.MILLISECONDS.toHours(milliseconds) % 24)
        .raw(",\"Milliseconds\":" + milliseconds % 1000)
        .raw(",\"Minutes\":" + TimeUnit.MILLISECONDS.toMinutes(milliseconds) % 60)
        .raw(",\"Seconds\":" + TimeUnit.MILLISECONDS.toSeconds(milliseconds) % 60)
        .raw(",\"TotalDays\":" + total(ticks, TimeUnit.DAYS))
        .raw(",\"TotalHours\":" + total(ticks, TimeUnit.HOURS))
        .raw(",\"TotalMilliseconds\":" + total(ticks, TimeUnit.MILLISECONDS))
        .raw(",\"TotalMinutes\":" + total(ticks, TimeUnit.MINUTES))
        .raw(",\"TotalSeconds\":" + total(ticks, TimeUnit.SECONDS))
        .raw("}");
  }

  /** A double in the shortest digits that mean it, a whole one without a point. */
  private static String total(long ticks, TimeUnit unit) {
    double total = (double) ticks / (unit.toMillis(1) * TICKS_PER_MILLISECOND);
    BigDecimal shortest = new BigDecimal(Double.toString(total)).stripTrailingZeros();
    return shortest.signum() == 0 ? "0" : shortest.toPlainString();
  }

  @Override
  public String toString() {
    return json.toString();
  }
}
