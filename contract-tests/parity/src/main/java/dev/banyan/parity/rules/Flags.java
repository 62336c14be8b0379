package dev.banyan.parity.rules;

import dev.banyan.parity.json.Json;
import dev.banyan.rules.CompareRule;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code "Read, Write"} of a flags enum vs {@code ["READ","WRITE"]}. */
final class Flags implements Rule {
  private static final int LONGEST = 1000;

  @Override
  public @Nullable Explanation explain(Sight sight) {
    boolean same =
        same(sight.control(), sight.candidate()) || same(sight.candidate(), sight.control());
    return same ? Explanation.same(CompareRule.ENUM_FLAGS) : null;
  }

  private static boolean same(@Nullable Json text, @Nullable Json list) {
    if (!(text instanceof Json.Text written)
        || !(list instanceof Json.Arr arr)
        || written.value().isBlank()
        || written.value().length() > LONGEST) {
      return false;
    }
    List<String> words =
        Arrays.stream(written.value().split(",", -1)).map(EnumCases::plain).sorted().toList();
    List<String> items =
        arr.items().stream()
            .map(item -> item instanceof Json.Text word ? EnumCases.plain(word.value()) : "\0")
            .sorted()
            .toList();
    return words.equals(items);
  }
}
