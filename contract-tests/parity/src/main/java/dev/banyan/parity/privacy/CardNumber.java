package dev.banyan.parity.privacy;

import dev.banyan.parity.privacy.Runs.Digits;
import java.util.regex.Pattern;

/**
 * Payment card numbers: 13 to 19 digits, alone or in groups with spaces or dashes, that begin as a
 * card does and whose check digit is right (Luhn, ISO/IEC 7812-1). Times in milliseconds and most
 * ids begin otherwise.
 */
final class CardNumber implements Detector {
  private static final int SHORTEST = 13;
  private static final int LONGEST = 19;

  /** Chars that are looked at. */
  private static final int WINDOW = 48;

  /** 22 to 27 as Mir and Mastercard use it; 3 to 6 as all others do. */
  private static final Pattern ISSUER = Pattern.compile("2[2-7]|[3-6]\\d");

  /** Four and four, or as American Express and Diners print theirs. */
  private static final Pattern GROUPS = Pattern.compile("\\d+|(4-){2,4}\\d|4-6-[45]|4-4-4-4-[123]");

  @Override
  public int end(String text, int at) {
    if (!beginsWithFour(text, at) || !ISSUER.matcher(text).region(at, at + 2).matches()) {
      return at;
    }
    String window = text.substring(at, Math.min(text.length(), at + WINDOW));
    Digits run = Digits.read(window, " -", LONGEST);
    // Another number may follow behind a space: the longest that is a card counts.
    while (run.digits().length() >= SHORTEST) {
      if (isCard(run) && Runs.endsAt(window, run.end())) {
        return at + run.end();
      }
      if (run.separators().isEmpty()) {
        break;
      }
      run = Digits.read(window.substring(0, run.lastGroup() - 1), " -", LONGEST);
    }
    return at;
  }

  /** The first group of a card has four digits; most numbers end here. */
  private static boolean beginsWithFour(String text, int at) {
    for (int i = at; i < at + 4; i++) {
      if (i >= text.length() || !Runs.isDigit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isCard(Digits run) {
    return run.digits().length() <= LONGEST
        && run.oneSeparator()
        && GROUPS.matcher(run.groups()).matches()
        && luhn(run.digits());
  }

  static boolean luhn(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int doubled = i % 2 == 1 ? digit * 2 : digit;
      sum += doubled > 9 ? doubled - 9 : doubled;
    }
    return sum % 10 == 0;
  }
}
