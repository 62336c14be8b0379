package dev.banyan.parity.rules;

import dev.banyan.parity.json.Json;
import dev.banyan.rules.CompareRule;
import org.jspecify.annotations.Nullable;

/** {@code {"d": …}} around the whole answer of an ASMX script service, on one side only. */
final class ScriptServiceWrapper implements Rule {
  @Override
  public @Nullable Explanation explain(Sight sight) {
    if (!sight.location().equals("$") || sight.control() == null || sight.candidate() == null) {
      return null;
    }
    Json control = inside(sight.control());
    Json candidate = inside(sight.candidate());
    if ((control == null) == (candidate == null)) {
      return null;
    }
    return Explanation.reshaped(
        CompareRule.ASMX_D_WRAPPER,
        control == null ? sight.control() : control,
        candidate == null ? sight.candidate() : candidate);
  }

  private static @Nullable Json inside(Json json) {
    return json instanceof Json.Obj obj
            && obj.members().size() == 1
            && obj.members().getFirst().name().equals("d")
        ? obj.members().getFirst().value()
        : null;
  }
}
