package dev.banyan.rules;

import java.math.BigDecimal;

/**
 * A part of all requests, in hundredths of a percent: 0 (none) to 10 000 (all).
 *
 * @param basisPoints hundredths of a percent
 */
public record Share(int basisPoints) implements Comparable<Share> {
  public static final Share NONE = new Share(0);
  public static final Share ALL = new Share(10_000);

  public Share {
    if (basisPoints < 0 || basisPoints > 10_000) {
      throw new IllegalArgumentException(
          "share: " + basisPoints + " (expected: 0 to 10000 hundredths of a percent)");
    }
  }

  /** Reads {@code 10}, {@code 10%}, {@code 0.5%}: percent with at most two decimals, 0 to 100. */
  public static Share parse(String text) {
    String digits = text.strip();
    if (digits.endsWith("%")) {
      digits = digits.substring(0, digits.length() - 1).strip();
    }
    try {
      return new Share(new BigDecimal(digits).movePointRight(2).intValueExact());
    } catch (ArithmeticException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "share: " + text + " (expected: 0% to 100% with at most two decimals, such as 12.5%)", e);
    }
  }

  /** Whether a ticket drawn uniformly from all ints falls into this share. */
  public boolean takes(int ticket) {
    return Integer.remainderUnsigned(ticket, 10_000) < basisPoints;
  }

  /** As a fraction, 0.0 to 1.0. */
  public double fraction() {
    return basisPoints / 10_000d;
  }

  /** Percent without the sign: {@code 10}, {@code 0.5}. */
  public String percent() {
    return BigDecimal.valueOf(basisPoints, 2).stripTrailingZeros().toPlainString();
  }

  @Override
  public int compareTo(Share other) {
    return Integer.compare(basisPoints, other.basisPoints);
  }

  @Override
  public String toString() {
    return percent() + "%";
  }
}
