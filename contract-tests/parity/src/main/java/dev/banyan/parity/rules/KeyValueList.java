package dev.banyan.parity.rules;

import dev.banyan.parity.json.Json;
import dev.banyan.rules.CompareRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code [{"Key":"a","Value":1}]} of DataContractJsonSerializer vs {@code {"a":1}}. */
final class KeyValueList implements Rule {
  @Override
  public @Nullable Explanation explain(Sight sight) {
    if (sight.control() instanceof Json.Arr list && sight.candidate() instanceof Json.Obj object) {
      Json.Obj read = read(list);
      return read == null ? null : Explanation.reshaped(CompareRule.ARRAY_KEY_VALUE, read, object);
    }
    if (sight.control() instanceof Json.Obj object && sight.candidate() instanceof Json.Arr list) {
      Json.Obj read = read(list);
      return read == null ? null : Explanation.reshaped(CompareRule.ARRAY_KEY_VALUE, object, read);
    }
    return null;
  }

  private static Json.@Nullable Obj read(Json.Arr list) {
    List<Json.Member> members = new ArrayList<>();
    for (Json item : list.items()) {
      if (!(item instanceof Json.Obj pair) || pair.members().size() != 2) {
        return null;
      }
      Json.Member key = pair.members().get(0);
      Json.Member value = pair.members().get(1);
      if (!key.name().toLowerCase(Locale.ROOT).equals("key")
          || !value.name().toLowerCase(Locale.ROOT).equals("value")
          || !(key.value() instanceof Json.Text name)) {
        return null;
      }
      members.add(new Json.Member(name.value(), value.value()));
    }
    return Json.Obj.of(members);
  }
}
