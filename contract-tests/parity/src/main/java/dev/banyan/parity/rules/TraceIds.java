package dev.banyan.parity.rules;

import dev.banyan.rules.CompareRule;
import org.jspecify.annotations.Nullable;

/** The {@code traceId} of a problem document: it has to be there, its value is new every time. */
final class TraceIds implements Rule {
  @Override
  public @Nullable Explanation explain(Sight sight) {
    return sight.texts() != null && sight.location().equals("$.traceId")
        ? Explanation.same(CompareRule.TRACE_ID)
        : null;
  }
}
