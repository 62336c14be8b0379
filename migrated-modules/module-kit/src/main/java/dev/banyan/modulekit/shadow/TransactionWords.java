package dev.banyan.modulekit.shadow;

import java.util.regex.Pattern;

/**
 * Finds SQL that would end the transaction it runs in.
 *
 * <p>It looks at the beginning of each statement and knows no string literals: what merely looks
 * like a commit is refused too, which costs a comparison and never an order.
 */
final class TransactionWords {

  private static final Pattern COMMENT = Pattern.compile("--[^\\n]*|/\\*.*?\\*/", Pattern.DOTALL);
  private static final Pattern ENDING =
      Pattern.compile(
          "(?:^|;)\\s*(commit|end|abort|begin|rollback(?!\\s+(?:work\\s+|transaction\\s+)?to\\b)"
              + "|start\\s+transaction|prepare\\s+transaction)\\b",
          Pattern.CASE_INSENSITIVE);

  private TransactionWords() {}

  static boolean in(String sql) {
    return ENDING.matcher(COMMENT.matcher(sql).replaceAll(" ")).find();
  }
}
