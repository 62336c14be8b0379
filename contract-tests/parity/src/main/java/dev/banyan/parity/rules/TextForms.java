package dev.banyan.parity.rules;

import dev.banyan.rules.CompareRule;
import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/** Line ends, composed letters, and the capital letter of .NET's truth values in plain text. */
final class TextForms implements Rule {
  @Override
  public @Nullable Explanation explain(Sight sight) {
    Sight.Texts texts = sight.texts();
    if (texts == null
        || texts.control().length() > Explanations.LONGEST
        || texts.candidate().length() > Explanations.LONGEST) {
      return null;
    }
    String control = texts.control();
    String candidate = texts.candidate();
    if (isTruth(control) && control.equalsIgnoreCase(candidate) && isPlainText(sight)) {
      return Explanation.same(CompareRule.TEXT_BOOLEAN);
    }
    if (control.replace("\r\n", "\n").equals(candidate.replace("\r\n", "\n"))) {
      return Explanation.same(CompareRule.TEXT_LINE_ENDS);
    }
    return composed(control).equals(composed(candidate))
        ? Explanation.same(CompareRule.TEXT_NORMAL_FORM)
        : null;
  }

  private static boolean isTruth(String text) {
    return text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false");
  }

  private static boolean isPlainText(Sight sight) {
    return sight.location().equals("body[*]") || sight.location().startsWith("form");
  }

  private static String composed(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC);
  }
}
