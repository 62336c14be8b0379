package dev.banyan.migration;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Numbers as reasons show them. */
final class Figures {
  private static final MathContext THREE_DIGITS = new MathContext(3);
  private static final MathContext SIX_DIGITS = new MathContext(6);

  private Figures() {}

  /** A part of a whole above 0, in percent with three digits: {@code 0.0334%}. */
  static String percent(long part, long whole) {
    return percent((double) part / whole, THREE_DIGITS);
  }

  /** {@code 0.95} as {@code 95%}. */
  static String confidence(double confidence) {
    return percent(confidence, SIX_DIGITS);
  }

  private static String percent(double fraction, MathContext digits) {
    return plain(BigDecimal.valueOf(fraction).movePointRight(2).round(digits)) + "%";
  }

  /** {@code 200 ms}, {@code 1.25 ms}. */
  static String millis(Duration duration) {
    long micros = TimeUnit.NANOSECONDS.toMicros(duration.toNanos());
    return plain(BigDecimal.valueOf(micros, 3)) + " ms";
  }

  /** {@code 24 h}, {@code 10 min}, {@code 90 s}: in the largest unit without a remainder. */
  static String span(Duration duration) {
    if (duration.toSeconds() % 3_600 == 0) {
      return duration.toHours() + " h";
    }
    return duration.toSeconds() % 60 == 0
        ? duration.toMinutes() + " min"
        : duration.toSeconds() + " s";
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }
}
