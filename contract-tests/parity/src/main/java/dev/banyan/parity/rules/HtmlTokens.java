package dev.banyan.parity.rules;

import dev.banyan.rules.CompareRule;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Hidden fields that are made anew for every page: the field has to be there, its value not. */
final class HtmlTokens implements Rule {
  private static final Pattern PLACE =
      Pattern.compile(
          ".*/input\\[@name='(__VIEWSTATE|__EVENTVALIDATION|__RequestVerificationToken|_csrf"
              + "|csrf_token|authenticity_token)'\\]/@value");

  @Override
  public @Nullable Explanation explain(Sight sight) {
    Sight.Texts texts = sight.texts();
    return texts != null
            && !texts.control().isEmpty()
            && !texts.candidate().isEmpty()
            && PLACE.matcher(sight.location()).matches()
        ? Explanation.same(CompareRule.HTML_TOKENS)
        : null;
  }
}
