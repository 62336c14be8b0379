package dev.banyan.parity.diagnosis;

import dev.banyan.parity.json.Json;
import dev.banyan.parity.json.NumberValue;
import dev.banyan.parity.rules.Sight;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Numbers that went through another type, or were rounded in another way. */
final class NumberLook implements Look {
  private static final int LONGEST = 60;
  private static final BigDecimal TWO_32 = new BigDecimal(BigInteger.TWO.pow(32));
  private static final BigDecimal TWO_64 = new BigDecimal(BigInteger.TWO.pow(64));

  @Override
  public @Nullable Diagnosis at(Sight sight) {
    if (sight.control() instanceof Json.Num left && sight.candidate() instanceof Json.Num right) {
      BigDecimal a = decimal(left.lexeme());
      BigDecimal b = decimal(right.lexeme());
      return a == null || b == null ? null : numbers(a, b);
    }
    Diagnosis found = mixed(sight.control(), sight.candidate());
    return found == null ? mixed(sight.candidate(), sight.control()) : found;
  }

  private static @Nullable Diagnosis mixed(@Nullable Json number, @Nullable Json text) {
    if (!(number instanceof Json.Num num) || !(text instanceof Json.Text written)) {
      return null;
    }
    if (isNumber(written.value()) && NumberValue.of(written.value()).equals(num.value())) {
      return KnownLook.NUMBER_AS_TEXT.found();
    }
    if (isWord(written.value()) && num.lexeme().matches("-?\\d{1,9}")) {
      return KnownLook.ENUM_NUMBER.found(
          "an enum as number vs as name: " + num.lexeme() + " vs " + written.value());
    }
    return null;
  }

  private static @Nullable Diagnosis numbers(BigDecimal a, BigDecimal b) {
    BigDecimal apart = a.subtract(b).abs();
    if (apart.compareTo(TWO_64) == 0 || apart.compareTo(TWO_32) == 0) {
      return KnownLook.UNSIGNED_WRAP.found();
    }
    if (a.signum() > 0 && b.signum() < 0 && apart.compareTo(new BigDecimal(256)) == 0) {
      return KnownLook.SIGNED_BYTE.found();
    }
    if (isWhole(a) && isWhole(b) && a.doubleValue() == b.doubleValue()) {
      return KnownLook.THROUGH_DOUBLE.found();
    }
    BigDecimal unit = unit(a, b);
    if (apart.compareTo(unit) == 0 && unit.scale() > 0) {
      return KnownLook.ROUNDING.found();
    }
    BigDecimal coarser = a.scale() < b.scale() ? a : b;
    BigDecimal finer = a.scale() < b.scale() ? b : a;
    if (apart.multiply(BigDecimal.TWO).compareTo(coarser.ulp()) <= 0
        && finer.stripTrailingZeros().scale() > coarser.scale()) {
      return KnownLook.PRECISION.found();
    }
    return null;
  }

  private static BigDecimal unit(BigDecimal a, BigDecimal b) {
    int scale =
        Math.max(0, Math.max(a.stripTrailingZeros().scale(), b.stripTrailingZeros().scale()));
    return BigDecimal.ONE.movePointLeft(scale);
  }

  private static boolean isWhole(BigDecimal value) {
    return value.stripTrailingZeros().scale() <= 0;
  }

  private static @Nullable BigDecimal decimal(String lexeme) {
    if (lexeme.length() > LONGEST || lexeme.matches(".*[eE][+-]?\\d{5,}")) {
      return null;
    }
    BigDecimal value = new BigDecimal(lexeme);
    return Math.abs((long) value.scale()) > LONGEST ? null : value;
  }

  static boolean isNumber(String text) {
    return text.length() <= LONGEST
        && text.matches("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d{1,9})?");
  }

  private static boolean isWord(String text) {
    return text.length() <= LONGEST && text.matches("[A-Za-z][A-Za-z0-9_-]*");
  }
}
