package dev.banyan.parity.rules;

import dev.banyan.parity.json.Json;
import dev.banyan.rules.CompareRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The many ways to say that there is nothing: null, no member, an empty list or text, a default.
 */
final class Nothings implements Rule {
  /** Elements of XML and pages have a rule of their own; fields and lines are no members. */
  private static final List<String> ELSEWHERE =
      List.of("/", "header.", "trailer.", "status", "body", "candidate");

  @Override
  public @Nullable Explanation explain(Sight sight) {
    if (ELSEWHERE.stream().anyMatch(sight.location()::startsWith)) {
      return null;
    }
    boolean oneSided = sight.control() == null || sight.candidate() == null;
    if (oneSided && sight.location().endsWith("[*]")) {
      // An element more or less is no member: [0] is not [].
      return null;
    }
    CompareRule rule = rule(sight.control(), sight.candidate());
    if (rule == null) {
      rule = rule(sight.candidate(), sight.control());
    }
    return rule == null ? null : Explanation.same(rule);
  }

  private static @Nullable CompareRule rule(@Nullable Json less, @Nullable Json more) {
    if (less == null && more != null) {
      return more == Json.Word.NULL
          ? CompareRule.JSON_NULL_MISSING
          : isDefault(more) ? CompareRule.JSON_DEFAULT_MISSING : null;
    }
    if (less != Json.Word.NULL || more == null) {
      return null;
    }
    return switch (more) {
      case Json.Arr arr when arr.items().isEmpty() -> CompareRule.JSON_NULL_EMPTY_LIST;
      case Json.Text text when text.value().isEmpty() -> CompareRule.JSON_NULL_EMPTY_TEXT;
      case Json.Text text when text.value().equals("\0") -> CompareRule.TEXT_NUL_CHAR;
      case Json.Text text when Guids.isEmpty(text.value()) -> CompareRule.GUID_EMPTY;
      case Json.Text text when Times.isMinValue(text.value()) -> CompareRule.TIME_MIN_VALUE;
      case Json.Text text when Doubles.isNotFinite(text.value()) -> CompareRule.NUMBER_NAN;
      default -> null;
    };
  }

  private static boolean isDefault(Json json) {
    return switch (json) {
      case Json.Word word -> word == Json.Word.FALSE;
      case Json.Num num -> num.value().equals("0");
      case Json.Text text -> text.value().isEmpty();
      case Json.Arr arr -> arr.items().isEmpty();
      case Json.Obj obj -> false;
    };
  }
}
