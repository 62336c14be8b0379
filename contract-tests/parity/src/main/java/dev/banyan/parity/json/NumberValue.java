package dev.banyan.parity.json;

/**
 * The value of a JSON number as text that is the same for equal numbers: sign, digits without zeros
 * at either end, and the exponent of the last digit. {@code 1234.50} and {@code 1.2345E3} are both
 * {@code 12345e-1}.
 *
 * <p>It is text, never a double (which would lose digits) and never an expanded decimal (which one
 * small lexeme, {@code 1e999999999}, could make a gigabyte).
 */
public final class NumberValue {
  /** An exponent with more digits than this is left as written: no real number has one. */
  private static final int EXPONENT_DIGITS = 17;

  private NumberValue() {}

  /**
   * @param lexeme a valid JSON number
   */
  public static String of(String lexeme) {
    if (isPlainInteger(lexeme)) {
      return lexeme;
    }
    boolean negative = lexeme.startsWith("-");
    int e = Math.max(lexeme.indexOf('e'), lexeme.indexOf('E'));
    String mantissa = lexeme.substring(negative ? 1 : 0, e < 0 ? lexeme.length() : e);
    int point = mantissa.indexOf('.');
    int decimals = point < 0 ? 0 : mantissa.length() - point - 1;
    String digits = point < 0 ? mantissa : mantissa.replace(".", "");

    int from = 0;
    int to = digits.length();
    while (from < to && digits.charAt(from) == '0') {
      from++;
    }
    while (to > from && digits.charAt(to - 1) == '0') {
      to--;
    }
    if (from == to) {
      return "0";
    }
    String significant = (negative ? "-" : "") + digits.substring(from, to);

    String exponent = e < 0 ? "0" : exponent(lexeme.substring(e + 1));
    if (exponent.length() > EXPONENT_DIGITS) {
      return significant + "e" + exponent + "+" + (digits.length() - to - decimals);
    }
    long scale = Long.parseLong(exponent) - decimals + (digits.length() - to);
    return scale == 0 ? significant : significant + "e" + scale;
  }

  /** The common case, already in its final form: no fraction, no exponent, no zero at the end. */
  private static boolean isPlainInteger(String lexeme) {
    char last = lexeme.charAt(lexeme.length() - 1);
    if (last == '0') {
      return lexeme.length() == 1;
    }
    for (int i = 0; i < lexeme.length(); i++) {
      char c = lexeme.charAt(i);
      if (c != '-' && (c < '0' || c > '9')) {
        return false;
      }
    }
    return true;
  }

  /** Digits alone, and a minus. */
  static boolean isInteger(String lexeme) {
    for (int i = 0; i < lexeme.length(); i++) {
      char c = lexeme.charAt(i);
      if ((c < '0' || c > '9') && (c != '-' || i > 0)) {
        return false;
      }
    }
    return true;
  }

  /** Without plus sign and leading zeros. */
  private static String exponent(String written) {
    boolean negative = written.startsWith("-");
    int from = negative || written.startsWith("+") ? 1 : 0;
    while (from < written.length() - 1 && written.charAt(from) == '0') {
      from++;
    }
    return (negative ? "-" : "") + written.substring(from);
  }
}
