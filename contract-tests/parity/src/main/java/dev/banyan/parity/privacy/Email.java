package dev.banyan.parity.privacy;

/**
 * E-mail addresses, found by their at sign, also where a URL writes it as {@code %40}: up to 64
 * chars before it, a domain with a dot behind it.
 */
final class Email {
  private static final int LONGEST_LOCAL = 64;
  private static final int LONGEST_DOMAIN = 255;

  private Email() {}

  /** The length of the at sign that stands here; 0 where there is none. */
  static int sign(String text, int at) {
    if (text.charAt(at) == '@') {
      return 1;
    }
    return text.startsWith("%40", at) ? 3 : 0;
  }

  /**
   * Where the address begins whose sign this is, not before {@code from}; the sign's place if
   * nowhere.
   */
  static int start(String text, int sign, int from) {
    int start = sign;
    while (start > from && sign - start < LONGEST_LOCAL && isLocal(text.charAt(start - 1))) {
      start--;
    }
    return start;
  }

  /** Behind the domain; the place itself where there is no domain. */
  static int end(String text, int domain) {
    int end = domain;
    int dot = -1;
    int limit = Math.min(text.length(), domain + LONGEST_DOMAIN);
    int i = domain;
    while (i < limit && (Runs.isWord(text.charAt(i)) || ".-".indexOf(text.charAt(i)) >= 0)) {
      if (text.charAt(i) == '.') {
        dot = i;
      } else if (dot >= 0 && isLabel(text, dot, i)) {
        end = i + 1;
      }
      i++;
    }
    return end;
  }

  /** Whether a last label may end there: two chars or more, the first one no digit. */
  private static boolean isLabel(String text, int dot, int i) {
    return i - dot >= 2 && text.charAt(i) != '-' && !Runs.isDigit(text.charAt(dot + 1));
  }

  private static boolean isLocal(char c) {
    return Runs.isWord(c) || ".!#$*+-^`{|}~'%".indexOf(c) >= 0;
  }
}
