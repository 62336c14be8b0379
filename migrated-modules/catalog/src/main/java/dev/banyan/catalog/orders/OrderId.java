package dev.banyan.catalog.orders;

import java.math.BigInteger;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code int.Parse} takes for a number: blanks and a sign around ASCII digits. */
final class OrderId {

  private static final Pattern NUMBER =
      Pattern.compile("[\\t-\\r ]*([+-]?[0-9]+)[\\t-\\r ]*\\x00*");

  private OrderId() {}

  /** Empty where the legacy system fails: no number, or more than 32 bits. */
  static OptionalInt parse(String text) {
    Matcher number = NUMBER.matcher(text);
    if (!number.matches()) {
      return OptionalInt.empty();
    }
    BigInteger value = new BigInteger(number.group(1));
    return value.bitLength() < Integer.SIZE
        ? OptionalInt.of(value.intValue())
        : OptionalInt.empty();
  }
}
