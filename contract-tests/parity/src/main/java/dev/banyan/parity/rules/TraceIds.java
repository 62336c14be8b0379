package dev.banyan.parity.rules;

import dev.banyan.rules.CompareRule;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The {@code traceId} of a problem document: it has to be there, its value is new every time. Other
 * answers have members of that name, too: both values have to be ids as .NET makes them.
 */
final class TraceIds implements Rule {
  /** Of W3C's traceparent, of an Activity with the older hierarchical ids, of Kestrel. */
  private static final Pattern ID =
      Pattern.compile(
          "00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}"
              + "|\\|[A-Za-z0-9_.-]{1,200}"
              + "|0H[0-9A-V]{11}:[0-9A-F]{8}");

  @Override
  public @Nullable Explanation explain(Sight sight) {
    Sight.Texts texts = sight.texts();
    return texts != null
            && sight.location().equals("$.traceId")
            && ID.matcher(texts.control()).matches()
            && ID.matcher(texts.candidate()).matches()
        ? Explanation.same(CompareRule.TRACE_ID)
        : null;
  }
}
