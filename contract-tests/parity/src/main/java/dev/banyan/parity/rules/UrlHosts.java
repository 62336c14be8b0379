package dev.banyan.parity.rules;

import dev.banyan.rules.CompareRule;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One path and query at another host, or at none: {@code http://legacy-01/api/1} vs {@code /api/1}.
 */
final class UrlHosts implements Rule {
  private static final int LONGEST = 8000;
  private static final Pattern ABSOLUTE = Pattern.compile("https?://[^/?#\\s]+([/?#]\\S*)?");

  @Override
  public @Nullable Explanation explain(Sight sight) {
    Sight.Texts texts = sight.texts();
    if (texts == null
        || texts.control().length() > LONGEST
        || texts.candidate().length() > LONGEST) {
      return null;
    }
    String control = local(texts.control());
    String candidate = local(texts.candidate());
    if (control == null && candidate == null) {
      return null;
    }
    String left = control == null ? texts.control() : control;
    String right = candidate == null ? texts.candidate() : candidate;
    return left.startsWith("/") && left.equals(right)
        ? Explanation.same(CompareRule.URL_HOST)
        : null;
  }

  /** Path and query of an absolute URL; null for anything else. */
  private static @Nullable String local(String text) {
    Matcher matcher = ABSOLUTE.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    String rest = matcher.group(1);
    return rest == null ? "/" : rest;
  }
}
