package dev.banyan.parity.privacy;

/**
 * International bank account numbers (ISO 13616): two letters, two digits, 11 to 30 letters and
 * digits, alone or in groups of four, whose remainder by 97 is 1.
 */
final class Iban implements Detector {
  private static final int SHORTEST = 15;
  private static final int LONGEST = 34;
  private static final int GROUP = 4;

  @Override
  public int end(String text, int at) {
    if (at + SHORTEST > text.length()
        || !Runs.isLetter(text.charAt(at))
        || !Runs.isLetter(text.charAt(at + 1))
        || !Runs.isDigit(text.charAt(at + 2))
        || !Runs.isDigit(text.charAt(at + 3))) {
      return at;
    }
    StringBuilder account = new StringBuilder();
    int found = at;
    int i = at;
    while (i < text.length() && account.length() < LONGEST) {
      char c = text.charAt(i);
      if (Runs.isDigit(c) || Runs.isLetter(c)) {
        account.append(c);
        i++;
        boolean whole = account.length() >= SHORTEST && Runs.endsAt(text, i);
        found = whole && isValid(account) ? i : found;
      } else if ((c == ' ' || c == '-') && account.length() % GROUP == 0) {
        i++;
      } else {
        break;
      }
    }
    return found;
  }

  private static boolean isValid(StringBuilder account) {
    int rest = 0;
    for (int i = 0; i < account.length(); i++) {
      char c = account.charAt((i + GROUP) % account.length());
      int value = Character.digit(c, 36);
      rest = (value < 10 ? rest * 10 + value : rest * 100 + value) % 97;
    }
    return rest == 1;
  }
}
