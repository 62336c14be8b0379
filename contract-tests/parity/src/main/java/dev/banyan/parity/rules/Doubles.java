package dev.banyan.parity.rules;

import dev.banyan.parity.json.Json;
import dev.banyan.parity.json.NumberValue;
import dev.banyan.rules.CompareRule;
import java.math.BigDecimal;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One binary number in two lengths: the 17 digits that old .NET wrote vs the shortest digits that
 * give the same double; a single precision number vs its widening. Whole numbers are never rounded.
 */
final class Doubles implements Rule {
  private static final int LONGEST = 30;
  private static final Pattern FRACTION =
      Pattern.compile("-?\\d+(\\.\\d+([eE][+-]?\\d{1,4})?|[eE][+-]?\\d{1,4})");
  private static final Set<String> NOT_FINITE = Set.of("NaN", "Infinity", "-Infinity", "∞", "-∞");

  @Override
  public @Nullable Explanation explain(Sight sight) {
    if (!(sight.control() instanceof Json.Num control)
        || !(sight.candidate() instanceof Json.Num candidate)
        || !isFraction(control.lexeme())
        || !isFraction(candidate.lexeme())) {
      return null;
    }
    String left = control.lexeme();
    String right = candidate.lexeme();
    if (isShortestAndLong(left, right) || isShortestAndLong(right, left)) {
      return Explanation.same(CompareRule.NUMBER_DOUBLE);
    }
    return isWidened(left, right) || isWidened(right, left)
        ? Explanation.same(CompareRule.NUMBER_SINGLE)
        : null;
  }

  static boolean isNotFinite(String text) {
    return NOT_FINITE.contains(text);
  }

  private static boolean isFraction(String lexeme) {
    return lexeme.length() <= LONGEST && FRACTION.matcher(lexeme).matches();
  }

  private static boolean isShortestAndLong(String shortest, String digits) {
    double value = Double.parseDouble(digits);
    int precision = precision(digits);
    return (precision == 16 || precision == 17)
        && !Double.isInfinite(value)
        && precision(shortest) < precision
        && same(Double.toString(value), shortest);
  }

  private static boolean isWidened(String single, String widened) {
    float value = Float.parseFloat(single);
    return !Float.isInfinite(value)
        && precision(single) <= 9
        && precision(widened) > 9
        && same(Float.toString(value), single)
        && same(Double.toString((double) value), widened);
  }

  private static boolean same(String a, String b) {
    return NumberValue.of(a).equals(NumberValue.of(b));
  }

  private static int precision(String lexeme) {
    return new BigDecimal(lexeme).stripTrailingZeros().precision();
  }
}
