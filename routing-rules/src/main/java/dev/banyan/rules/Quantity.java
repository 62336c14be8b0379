package dev.banyan.rules;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the quantities of rule files: {@code 200ms}, {@code 64kB}, {@code 12.5%}. */
final class Quantity {
  private static final Pattern NUMBER_UNIT = Pattern.compile("([0-9]{1,9}) ?([A-Za-z]{0,2})");
  private static final Pattern PERCENT = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,2})? ?%?");
  private static final Pattern CONFIDENCE = Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,6})?) ?(%?)");
  private static final Map<String, Long> MILLIS =
      Map.of("ms", 1L, "s", 1000L, "m", 60_000L, "h", 3_600_000L);
  private static final Map<String, Long> BYTES =
      Map.of("", 1L, "b", 1L, "kb", 1024L, "mb", 1024L * 1024);
  private static final Duration LONGEST = Duration.ofHours(24);
  private static final int LARGEST = 64 * 1024 * 1024;

  private Quantity() {}

  static Duration duration(String text) {
    Matcher matcher = NUMBER_UNIT.matcher(text);
    Long unit = matcher.matches() ? MILLIS.get(matcher.group(2)) : null;
    Duration duration =
        unit == null ? Duration.ZERO : Duration.ofMillis(Long.parseLong(matcher.group(1)) * unit);
    if (duration.isZero() || duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "duration: "
              + text
              + " (expected 1ms to 24h with its unit ms, s, m or h, such as 200ms)");
    }
    return duration;
  }

  static int bytes(String text) {
    Matcher matcher = NUMBER_UNIT.matcher(text);
    Long unit = matcher.matches() ? BYTES.get(matcher.group(2).toLowerCase(Locale.ROOT)) : null;
    long bytes = unit == null ? -1 : Long.parseLong(matcher.group(1)) * unit;
    if (bytes < 1 || bytes > LARGEST) {
      throw new IllegalArgumentException(
          "size: " + text + " (expected 1 to 64MB in bytes, kB or MB, such as 64kB)");
    }
    return (int) bytes;
  }

  static Share share(String text) {
    if (!PERCENT.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "share: " + text + " (expected 0% to 100% with at most two decimals, such as 12.5%)");
    }
    return Share.parse(text);
  }

  /** {@code 95%} or {@code 0.95} as a fraction. */
  static double confidence(String text) {
    Matcher matcher = CONFIDENCE.matcher(text);
    if (matcher.matches()) {
      BigDecimal number = new BigDecimal(matcher.group(1));
      boolean percent = !matcher.group(2).isEmpty();
      double fraction = (percent ? number.movePointLeft(2) : number).doubleValue();
      if (fraction >= 0.5 && fraction <= 0.9999) {
        return fraction;
      }
    }
    throw new IllegalArgumentException("confidence: " + text + " (expected 50% to 99.99%)");
  }
}
