package dev.banyan.parity.privacy;

import dev.banyan.parity.privacy.Percent.Plus;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Masks what looks private in a text, and the values of private parameters in the URLs in it. One
 * way through; every look ahead is bounded.
 */
final class TextMasking {
  private static final List<Detector> OF_DIGITS =
      List.of(new CardNumber(), new NationalId(), new Phone());
  private static final List<Detector> OF_LETTERS = List.of(new Iban(), new NationalId());
  private static final List<Detector> OF_SIGNS = List.of(new Phone());

  private static final Pattern GUID =
      Pattern.compile("\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");
  private static final int GUID_LENGTH = 36;
  private static final int LONGEST_NAME = 100;

  /** URLs in parameters of URLs that are looked into. */
  private static final int DEEPEST = 2;

  private static final String ENDS_A_PARAMETER = "&;#\"'<>\\ \t\r\n";

  private final Pseudonyms pseudonyms;
  private final PrivateNames names;

  TextMasking(Pseudonyms pseudonyms, PrivateNames names) {
    this.pseudonyms = pseudonyms;
    this.names = names;
  }

  /** The text itself where nothing in it is private. */
  String mask(String text) {
    return mayHold(text) ? new Pass(text, 0).run() : text;
  }

  /**
   * Everything that is found has a digit, an at sign or a parameter in it; most texts have none.
   */
  private static boolean mayHold(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Runs.isDigit(c) || c == '@' || c == '=') {
        return true;
      }
    }
    return false;
  }

  /** All of it, whatever it looks like. */
  String whole(String text) {
    return pseudonyms.of(text);
  }

  private final class Pass {
    private final String text;
    private final StringBuilder out = new StringBuilder();
    private final int depth;
    private int copied;

    Pass(String text, int depth) {
      this.text = text;
      this.depth = depth;
    }

    String run() {
      int i = 0;
      while (i < text.length()) {
        int end = look(i);
        i = end > i ? end : i + 1;
      }
      return copied == 0 ? text : out.append(text, copied, text.length()).toString();
    }

    /** The end of what was found or passed over; the place itself where there is nothing. */
    private int look(int i) {
      char c = text.charAt(i);
      if (c == '@' || c == '%') {
        return email(i);
      }
      if (c == '?' || c == '&' || c == ';' || c == '#') {
        return parameter(i);
      }
      boolean digit = Runs.isDigit(c);
      boolean letter = Runs.isLetter(c);
      if (!(digit || letter || c == '+' || c == '(') || !begins(i)) {
        return i;
      }
      if ((digit || letter) && isGuid(i)) {
        return i + GUID_LENGTH;
      }
      if (letter && !digitSoon(i)) {
        return i;
      }
      for (Detector detector : digit ? OF_DIGITS : letter ? OF_LETTERS : OF_SIGNS) {
        int end = detector.end(text, i);
        if (end > i) {
          replace(i, end, pseudonyms.of(text.substring(i, end)));
          return end;
        }
      }
      return i;
    }

    private int email(int i) {
      int sign = Email.sign(text, i);
      int start = sign == 0 ? i : Email.start(text, i, copied);
      int end = sign == 0 ? i : Email.end(text, i + sign);
      if (start == i || end <= i + sign) {
        return i;
      }
      replace(start, end, Percent.mask(text.substring(start, end), Plus.PLUS, pseudonyms::of));
      return end;
    }

    private int parameter(int i) {
      int equals = i + 1;
      while (equals < text.length()
          && equals - i <= LONGEST_NAME
          && (Runs.isWord(text.charAt(equals)) || "-.$[]%".indexOf(text.charAt(equals)) >= 0)) {
        equals++;
      }
      if (equals == text.length() || text.charAt(equals) != '=') {
        return i;
      }
      String name = Percent.decode(text.substring(i + 1, equals), Plus.SPACE);
      boolean whole = names.isPrivate(name);
      int end = equals + 1;
      while (end < text.length()
          && ENDS_A_PARAMETER.indexOf(text.charAt(end)) < 0
          && (whole || text.charAt(end) != '?')) {
        end++;
      }
      String value = text.substring(equals + 1, end);
      boolean coded = value.indexOf('%') >= 0 || value.indexOf('+') >= 0;
      if (!whole && (!coded || depth == DEEPEST)) {
        return i;
      }
      String masked =
          Percent.mask(
              value,
              Plus.SPACE,
              meant -> whole ? pseudonyms.of(meant) : new Pass(meant, depth + 1).run());
      if (!masked.equals(value)) {
        replace(equals + 1, end, masked);
      }
      return end;
    }

    private void replace(int from, int to, String by) {
      out.append(text, copied, from).append(by);
      copied = to;
    }

    /** No word stands before it, and it is not the fraction of a number. */
    private boolean begins(int i) {
      if (i == 0) {
        return true;
      }
      char before = text.charAt(i - 1);
      boolean fraction = before == '.' && i > 1 && Runs.isDigit(text.charAt(i - 2));
      return !Runs.isWord(before) && !fraction;
    }

    private boolean digitSoon(int i) {
      for (int next = i + 1; next <= i + 3 && next < text.length(); next++) {
        if (Runs.isDigit(text.charAt(next))) {
          return true;
        }
      }
      return false;
    }

    private boolean isGuid(int i) {
      return i + GUID_LENGTH <= text.length()
          && text.charAt(i + 8) == '-'
          && text.charAt(i + 13) == '-'
          && GUID.matcher(text).region(i, i + GUID_LENGTH).matches()
          && Runs.endsAt(text, i + GUID_LENGTH);
    }
  }
}
