package dev.banyan.parity.rules;

import dev.banyan.parity.json.Json;
import dev.banyan.rules.CompareProfile.Arrays;
import dev.banyan.rules.CompareRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code $id}, {@code $ref} and {@code $values} of .NET's reference handling, written out. A
 * reference into itself stays as it is, and so does a document that would become many times larger.
 */
final class References implements Rule {
  private static final int LARGEST = 100_000;

  /** .NET numbers the objects of a document. */
  private static final Pattern ID = Pattern.compile("\\d{1,9}");

  @Override
  public @Nullable Explanation explain(Sight sight) {
    if (!sight.location().equals("$") || sight.control() == null || sight.candidate() == null) {
      return null;
    }
    if (!Json.names(sight.control(), "$id") && !Json.names(sight.candidate(), "$id")) {
      // Nearly every document: no copy of it is made.
      return null;
    }
    Json control = new Expansion().root(sight.control());
    Json candidate = new Expansion().root(sight.candidate());
    if (control == null && candidate == null) {
      return null;
    }
    return Explanation.reshaped(
        CompareRule.JSON_REFERENCES,
        control == null ? sight.control() : control,
        candidate == null ? sight.candidate() : candidate);
  }

  /** Of one document; one use. */
  private static final class Expansion {
    private final Map<String, Json> known = new HashMap<>();
    private int left = LARGEST;
    private boolean found;

    /** Null where nothing was written out. */
    @Nullable Json root(Json json) {
      if (!(json instanceof Json.Obj) && !(json instanceof Json.Arr)) {
        return null;
      }
      Json expanded = expand(json);
      return found && left > 0 ? expanded : null;
    }

    private Json expand(Json json) {
      if (left <= 0) {
        return json;
      }
      left--;
      return switch (json) {
        case Json.Obj obj -> object(obj);
        case Json.Arr arr ->
            Json.Arr.of(arr.items().stream().map(this::expand).toList(), Arrays.ORDERED);
        default -> json;
      };
    }

    private Json object(Json.Obj obj) {
      @Nullable String reference = text(obj, "$ref");
      if (obj.members().size() == 1 && reference != null) {
        Json target = known.get(reference);
        if (target != null) {
          found = true;
          left -= sizeOf(target, left);
          return target;
        }
        return obj;
      }
      @Nullable String id = id(obj);
      List<Json.Member> members = new ArrayList<>();
      Json values = null;
      for (Json.Member member : obj.members()) {
        if (member.name().equals("$id") && id != null) {
          found = true;
        } else if (member.name().equals("$values") && id != null) {
          values = expand(member.value());
        } else {
          members.add(new Json.Member(member.name(), expand(member.value())));
        }
      }
      Json expanded = values != null && members.isEmpty() ? values : Json.Obj.of(members);
      if (id != null) {
        known.put(id, expanded);
      }
      return expanded;
    }

    /** Ids of anything but digits are data, such as those of JSON Schema. */
    private static @Nullable String id(Json.Obj obj) {
      @Nullable String id = text(obj, "$id");
      return id != null && ID.matcher(id).matches() ? id : null;
    }

    private static int sizeOf(Json json, int limit) {
      int size = 1;
      if (json instanceof Json.Arr arr) {
        for (Json item : arr.items()) {
          size += size > limit ? 0 : sizeOf(item, limit - size);
        }
      } else if (json instanceof Json.Obj obj) {
        for (Json.Member member : obj.members()) {
          size += size > limit ? 0 : sizeOf(member.value(), limit - size);
        }
      }
      return size;
    }

    private static @Nullable String text(Json.Obj obj, String name) {
      for (Json.Member member : obj.members()) {
        if (member.name().equals(name)) {
          return member.value() instanceof Json.Text text ? text.value() : null;
        }
      }
      return null;
    }
  }
}
