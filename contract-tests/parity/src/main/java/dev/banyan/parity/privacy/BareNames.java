package dev.banyan.parity.privacy;

/** Names of members without quotes, as scripts write them: {@code { name: 'Jane' }}. */
final class BareNames {
  private BareNames() {}

  /** Where the white space before a place begins, not before {@code from}. */
  static int behind(String text, int from, int colon) {
    int behind = colon;
    while (behind > from && text.charAt(behind - 1) <= ' ') {
      behind--;
    }
    return behind;
  }

  /** Where the name begins that ends there; -1 where no name does. */
  static int begin(String text, int from, int behind) {
    int begin = behind;
    while (begin > from && isOfName(text.charAt(begin - 1))) {
      begin--;
    }
    boolean named =
        begin < behind && !Runs.isDigit(text.charAt(begin)) && beginsMember(text, from, begin);
    return named ? begin : -1;
  }

  /** Nothing but white space stands before it, on its line at least, or a comment ends there. */
  private static boolean beginsMember(String text, int from, int name) {
    int before = name - 1;
    while (before >= from && (text.charAt(before) == ' ' || text.charAt(before) == '\t')) {
      before--;
    }
    return before < from || "\r\n/".indexOf(text.charAt(before)) >= 0;
  }

  private static boolean isOfName(char c) {
    return Runs.isWord(c) || c == '$';
  }
}
