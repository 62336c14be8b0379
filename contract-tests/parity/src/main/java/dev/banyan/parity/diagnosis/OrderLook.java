package dev.banyan.parity.diagnosis;

import dev.banyan.parity.json.Json;
import dev.banyan.parity.rules.Sight;
import java.text.Collator;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The same elements in another order. */
final class OrderLook implements Look {
  private static final int LOOKED_AT = 1000;

  @Override
  public @Nullable Diagnosis at(Sight sight) {
    if (!(sight.control() instanceof Json.Arr control)
        || !(sight.candidate() instanceof Json.Arr candidate)) {
      return null;
    }
    boolean collation =
        (isSortedByPeople(control) && isSortedByCode(candidate))
            || (isSortedByCode(control) && isSortedByPeople(candidate));
    return collation ? KnownLook.COLLATION.found() : KnownLook.ORDER.found();
  }

  private static boolean isSortedByPeople(Json.Arr list) {
    Collator collator = Collator.getInstance(Locale.ROOT);
    collator.setStrength(Collator.SECONDARY);
    return isSorted(list, collator::compare);
  }

  private static boolean isSortedByCode(Json.Arr list) {
    return isSorted(list, Comparator.naturalOrder());
  }

  /** By the text itself, or by the first text of each element that sorts them all. */
  private static boolean isSorted(Json.Arr list, Comparator<String> order) {
    if (list.items().size() > LOOKED_AT || list.items().isEmpty()) {
      return false;
    }
    if (!(list.items().getFirst() instanceof Json.Obj first)) {
      return isSorted(list.items(), order);
    }
    return first.members().stream()
        .filter(member -> member.value() instanceof Json.Text)
        .limit(10)
        .anyMatch(
            member ->
                isSorted(
                    list.items().stream().map(item -> valueOf(item, member.name())).toList(),
                    order));
  }

  private static boolean isSorted(List<Json> values, Comparator<String> order) {
    for (int i = 0; i < values.size(); i++) {
      if (!(values.get(i) instanceof Json.Text next)
          || (i > 0
              && values.get(i - 1) instanceof Json.Text last
              && order.compare(last.value(), next.value()) > 0)) {
        return false;
      }
    }
    return true;
  }

  private static Json valueOf(Json item, String name) {
    if (item instanceof Json.Obj obj) {
      for (Json.Member member : obj.members()) {
        if (member.name().equals(name)) {
          return member.value();
        }
      }
    }
    return Json.Word.NULL;
  }
}
