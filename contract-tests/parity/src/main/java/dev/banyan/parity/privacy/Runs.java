package dev.banyan.parity.privacy;

/** Runs of ASCII digits and letters in a text. */
final class Runs {
  private Runs() {}

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  static boolean isWord(char c) {
    return isDigit(c) || isLetter(c) || c == '_' || (c > 127 && Character.isLetterOrDigit(c));
  }

  /** Whether no word goes on there. */
  static boolean endsAt(String text, int at) {
    return at >= text.length() || !isWord(text.charAt(at));
  }

  /**
   * Digits in groups with single separators between them.
   *
   * @param digits all of them
   * @param lastGroup where the last group begins
   * @param end behind the last digit
   * @param separators one for each gap
   * @param groups how many digits each group has, such as {@code 3-2-4}
   */
  record Digits(String digits, int lastGroup, int end, String separators, String groups) {

    /** Reads from the beginning of a text; a few digits more than {@code most} at the most. */
    static Digits read(String text, String allowed, int most) {
      StringBuilder digits = new StringBuilder();
      StringBuilder separators = new StringBuilder();
      StringBuilder groups = new StringBuilder();
      int end = 0;
      int lastGroup = 0;
      int group = 0;
      int i = 0;
      while (i < text.length() && digits.length() <= most) {
        char c = text.charAt(i);
        if (isDigit(c)) {
          digits.append(c);
          group++;
          end = ++i;
        } else if (group > 0
            && allowed.indexOf(c) >= 0
            && i + 1 < text.length()
            && isDigit(text.charAt(i + 1))) {
          separators.append(c);
          groups.append(group).append('-');
          group = 0;
          lastGroup = ++i;
        } else {
          break;
        }
      }
      return new Digits(
          digits.toString(),
          lastGroup,
          end,
          separators.toString(),
          groups.append(group).toString());
    }

    boolean oneSeparator() {
      return separators.chars().distinct().count() <= 1;
    }
  }
}
