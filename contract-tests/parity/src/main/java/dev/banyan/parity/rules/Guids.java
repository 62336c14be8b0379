package dev.banyan.parity.rules;

import dev.banyan.rules.CompareRule;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** GUIDs in upper and lower case, with braces, or without dashes. */
final class Guids implements Rule {
  private static final Pattern DASHED =
      Pattern.compile(
          "\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12}");
  private static final Pattern BARE = Pattern.compile("\\p{XDigit}{32}");

  @Override
  public @Nullable Explanation explain(Sight sight) {
    Sight.Texts texts = sight.texts();
    if (texts == null || texts.control().length() > 38 || texts.candidate().length() > 38) {
      return null;
    }
    String control = dashed(texts.control());
    String candidate = dashed(texts.candidate());
    if (control == null || candidate == null) {
      return null;
    }
    boolean sameCase = control.equals(candidate);
    if (!sameCase && !control.equalsIgnoreCase(candidate)) {
      return null;
    }
    boolean sameForm = texts.control().length() == texts.candidate().length();
    if (sameForm && !DASHED.matcher(texts.control()).matches()) {
      // 32 hex digits on both sides may be anything, such as a hash that clients compare as text.
      return null;
    }
    return sameCase
        ? Explanation.same(CompareRule.GUID_BRACES)
        : sameForm
            ? Explanation.same(CompareRule.GUID_CASE)
            : Explanation.same(CompareRule.GUID_BRACES, CompareRule.GUID_CASE);
  }

  static boolean isEmpty(String text) {
    return text.equals("00000000-0000-0000-0000-000000000000");
  }

  private static @Nullable String dashed(String text) {
    String inner =
        text.length() == 38
                && ((text.startsWith("{") && text.endsWith("}"))
                    || (text.startsWith("(") && text.endsWith(")")))
            ? text.substring(1, 37)
            : text;
    if (DASHED.matcher(inner).matches()) {
      return inner.replace("-", "");
    }
    return BARE.matcher(text).matches() ? text : null;
  }
}
