package dev.banyan.rules;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the quantities of rule files: {@code 200ms}, {@code 64kB}, {@code 95%}. */
final class Quantity {
  private static final Pattern NUMBER_UNIT = Pattern.compile("(\\d{1,9})\\s*([A-Za-z]*)");
  private static final Map<String, Long> MILLIS =
      Map.of("ms", 1L, "s", 1000L, "m", 60_000L, "h", 3_600_000L);
  private static final Map<String, Long> BYTES =
      Map.of("", 1L, "b", 1L, "kb", 1024L, "mb", 1024L * 1024);

  private Quantity() {}

  static Duration duration(String text) {
    Matcher matcher = NUMBER_UNIT.matcher(text.strip());
    Long unit = matcher.matches() ? MILLIS.get(matcher.group(2)) : null;
    if (unit == null || matcher.group(1).matches("0+")) {
      throw new IllegalArgumentException(
          "duration: "
              + text
              + " (expected a number above zero with ms, s, m or h, such as 200ms)");
    }
    return Duration.ofMillis(Long.parseLong(matcher.group(1)) * unit);
  }

  static int bytes(String text) {
    Matcher matcher = NUMBER_UNIT.matcher(text.strip());
    Long unit = matcher.matches() ? BYTES.get(matcher.group(2).toLowerCase(Locale.ROOT)) : null;
    long bytes = unit == null ? -1 : Long.parseLong(matcher.group(1)) * unit;
    if (bytes < 1 || bytes > 64L * 1024 * 1024) {
      throw new IllegalArgumentException(
          "size: " + text + " (expected 1 to 64MB in bytes, kB or MB, such as 64kB)");
    }
    return (int) bytes;
  }

  static int count(String text) {
    try {
      int count = Integer.parseInt(text.strip());
      if (count >= 1) {
        return count;
      }
    } catch (NumberFormatException notANumber) {
      // Told below, like a number that is too small.
    }
    throw new IllegalArgumentException("number: " + text + " (expected a whole number, 1 or more)");
  }

  /** {@code 95%} or {@code 0.95} as a fraction. */
  static double confidence(String text) {
    String digits = text.strip();
    boolean percent = digits.endsWith("%");
    try {
      BigDecimal number =
          new BigDecimal(percent ? digits.substring(0, digits.length() - 1).strip() : digits);
      double fraction = (percent ? number.movePointLeft(2) : number).doubleValue();
      if (fraction >= 0.5 && fraction <= 0.9999) {
        return fraction;
      }
    } catch (NumberFormatException notANumber) {
      // Told below.
    }
    throw new IllegalArgumentException("confidence: " + text + " (expected 50% to 99.99%)");
  }
}
