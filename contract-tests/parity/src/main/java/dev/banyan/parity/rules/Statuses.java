package dev.banyan.parity.rules;

import dev.banyan.parity.json.Json;
import dev.banyan.rules.CompareRule;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Statuses that frameworks choose differently for one outcome. */
final class Statuses implements Rule {
  private static final Set<String> BAD_ID = Set.of("400", "404", "422");

  @Override
  public @Nullable Explanation explain(Sight sight) {
    if (!sight.location().equals("status")
        || !(sight.control() instanceof Json.Num control)
        || !(sight.candidate() instanceof Json.Num candidate)) {
      return null;
    }
    Set<String> pair = Set.of(control.lexeme(), candidate.lexeme());
    if (pair.equals(Set.of("400", "422"))) {
      return Explanation.same(CompareRule.STATUS_VALIDATION);
    }
    if (BAD_ID.containsAll(pair)) {
      return Explanation.same(CompareRule.STATUS_BAD_ID);
    }
    return pair.equals(Set.of("200", "204"))
        ? Explanation.same(CompareRule.STATUS_NO_CONTENT)
        : null;
  }
}
