package dev.banyan.parity.rules;

import dev.banyan.parity.json.Json;
import dev.banyan.rules.CompareRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code $type}, {@code __type} or {@code @class} beside the data, on one side only. */
final class TypeNames implements Rule {
  private static final List<String> NAMES = List.of("['$type']", ".__type", "['@class']");

  @Override
  public @Nullable Explanation explain(Sight sight) {
    boolean oneSided = (sight.control() == null) != (sight.candidate() == null);
    Json there = sight.control() == null ? sight.candidate() : sight.control();
    return oneSided
            && there instanceof Json.Text
            && NAMES.stream().anyMatch(sight.location()::endsWith)
        ? Explanation.same(CompareRule.JSON_TYPE_NAMES)
        : null;
  }
}
