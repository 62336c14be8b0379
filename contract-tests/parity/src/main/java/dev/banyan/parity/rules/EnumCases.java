package dev.banyan.parity.rules;

import dev.banyan.rules.CompareRule;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code "Active"} vs {@code "ACTIVE"} vs {@code "active"}; {@code "InProgress"} vs {@code
 * "IN_PROGRESS"}.
 */
final class EnumCases implements Rule {
  private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");

  /** Beside a digit it tells two codes apart: {@code A_11} and {@code A1_1}. */
  private static final Pattern BETWEEN_LETTERS = Pattern.compile("(?<=[A-Za-z])_(?=[A-Za-z])");

  @Override
  public @Nullable Explanation explain(Sight sight) {
    Sight.Texts texts = sight.texts();
    return texts != null
            && WORD.matcher(texts.control()).matches()
            && WORD.matcher(texts.candidate()).matches()
            && plain(texts.control()).equals(plain(texts.candidate()))
        ? Explanation.same(CompareRule.ENUM_CASE)
        : null;
  }

  static String plain(String word) {
    return BETWEEN_LETTERS.matcher(word.strip()).replaceAll("").toLowerCase(Locale.ROOT);
  }
}
