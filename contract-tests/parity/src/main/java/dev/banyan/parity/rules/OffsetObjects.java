package dev.banyan.parity.rules;

import dev.banyan.parity.json.Json;
import dev.banyan.rules.CompareRule;
import org.jspecify.annotations.Nullable;

/**
 * {@code {"DateTime":"/Date(…)/","OffsetMinutes":300}}, a DateTimeOffset of
 * DataContractJsonSerializer, vs an ISO time of the same instant.
 */
final class OffsetObjects implements Rule {
  @Override
  public @Nullable Explanation explain(Sight sight) {
    boolean same =
        same(sight.control(), sight.candidate()) || same(sight.candidate(), sight.control());
    return same ? Explanation.same(CompareRule.TIME_OFFSET_OBJECT) : null;
  }

  private static boolean same(@Nullable Json object, @Nullable Json text) {
    if (!(object instanceof Json.Obj obj)
        || !(text instanceof Json.Text written)
        || obj.members().size() != 2
        || !obj.members().get(0).name().equals("DateTime")
        || !obj.members().get(1).name().equals("OffsetMinutes")
        || !(obj.members().getFirst().value() instanceof Json.Text inner)) {
      return false;
    }
    Moment left = Moment.of(inner.value());
    Moment right = Moment.of(written.value());
    return left != null
        && right != null
        && right.offset().isPresent()
        && left.instant().equals(right.instant());
  }
}
