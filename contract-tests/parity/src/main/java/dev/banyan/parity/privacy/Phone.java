package dev.banyan.parity.privacy;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Phone numbers: international ones with a plus, or with 00 and separators, of 8 to 15 digits; and
 * national ones only where they are written with separators: {@code (555) 123-4567}, {@code
 * 555-123-4567}, {@code 030 1234567}, {@code 01 42 68 53 00}. Bare digits are ids to it, and so are
 * dates.
 */
final class Phone implements Detector {
  /** Possessive throughout: nothing is tried twice. */
  private static final Pattern SHAPE =
      Pattern.compile(
          "\\+[1-9](?:[ ./-]?+(?:\\(\\d{1,5}\\)|\\d)){6,14}+"
              + "|00[ ]?[1-9](?:[ ./-]?+(?:\\(\\d{1,5}\\)|\\d)){6,14}+"
              + "|\\([2-9]\\d\\d\\)[ ]?+\\d{3}[ .-]\\d{4}"
              + "|1[ .-]\\(?[2-9]\\d\\d\\)?[ .-]\\d{3}[ .-]\\d{4}"
              + "|[2-9]\\d\\d([.-])\\d{3}\\1\\d{4}"
              + "|\\(?0[1-9]\\d{0,4}\\)?[ /.-]\\d{2,8}(?:[ .-]\\d{1,8}){0,5}+");

  private static final Pattern DATE = Pattern.compile("\\d{1,2}[./-]\\d{1,2}[./-]\\d{2,4}");
  private static final Pattern PAIRS = Pattern.compile("0\\d(?:([ .-])\\d\\d)(?:\\1\\d\\d){3}");
  private static final int FEWEST_NATIONAL = 9;
  private static final int MOST_NATIONAL = 12;
  private static final int FEWEST = 8;
  private static final int MOST = 17;

  /** Chars that are looked at. */
  private static final int WINDOW = 48;

  @Override
  public int end(String text, int at) {
    Matcher shape = SHAPE.matcher(text).region(at, Math.min(text.length(), at + WINDOW));
    if (!shape.lookingAt() || !Runs.endsAt(text, shape.end())) {
      return at;
    }
    String found = shape.group();
    int digits = (int) found.chars().filter(c -> c >= '0' && c <= '9').count();
    boolean separated = found.length() > digits;
    boolean international = found.startsWith("+") || found.startsWith("00");
    if (international) {
      return digits >= FEWEST && digits <= MOST && separated ? shape.end() : at;
    }
    boolean national = found.startsWith("0") || found.startsWith("(0");
    if (national
        && (digits < FEWEST_NATIONAL
            || digits > MOST_NATIONAL
            || (DATE.matcher(found).lookingAt() && !PAIRS.matcher(found).matches()))) {
      return at;
    }
    return shape.end();
  }
}
