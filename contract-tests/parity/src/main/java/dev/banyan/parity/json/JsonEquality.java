package dev.banyan.parity.json;

import dev.banyan.parity.align.Numbering;
import dev.banyan.rules.CompareProfile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whether two JSON values mean the same. Hashes decide most cases, the walk confirms. */
public final class JsonEquality {
  private final CompareProfile.Arrays arrays;

  public JsonEquality(CompareProfile.Arrays arrays) {
    this.arrays = arrays;
  }

  public boolean same(Json a, Json b) {
    if (a instanceof Grown grown && grown.knows(b)) {
      return grown.isAlike();
    }
    if (a.hash() != b.hash()) {
      return false;
    }
    return switch (a) {
      case Json.Word word -> word == b;
      case Json.Text text -> b instanceof Json.Text other && text.value().equals(other.value());
      case Json.Num num -> b instanceof Json.Num other && num.sameAs(other);
      case Json.Arr arr -> b instanceof Json.Arr other && sameItems(arr.items(), other.items());
      case Json.Obj obj -> b instanceof Json.Obj other && sameMembers(obj, other);
    };
  }

  /** Both lists as numbers, one for all that mean the same. */
  public Numbering numbering(List<Json> a, List<Json> b) {
    return Numbering.of(a, b, Json::hash, this::same);
  }

  private boolean sameItems(List<Json> a, List<Json> b) {
    if (a.size() != b.size()) {
      return false;
    }
    if (arrays == CompareProfile.Arrays.UNORDERED) {
      return numbering(a, b).sameMultiset();
    }
    for (int i = 0; i < a.size(); i++) {
      if (!same(a.get(i), b.get(i))) {
        return false;
      }
    }
    return true;
  }

  private boolean sameMembers(Json.Obj a, Json.Obj b) {
    if (a.members().size() != b.members().size()) {
      return false;
    }
    for (int i = 0; i < a.members().size(); i++) {
      Json.Member left = a.members().get(i);
      Json.Member right = b.members().get(i);
      if (!left.name().equals(right.name())) {
        return sameMembers(byName(a), byName(b));
      }
      if (!same(left.value(), right.value())) {
        // Repeated names stand in a fixed order among themselves, so this is decided.
        return false;
      }
    }
    return true;
  }

  private boolean sameMembers(Map<String, List<Json>> a, Map<String, List<Json>> b) {
    if (!a.keySet().equals(b.keySet())) {
      return false;
    }
    for (Map.Entry<String, List<Json>> entry : a.entrySet()) {
      List<Json> left = entry.getValue();
      List<Json> right = b.getOrDefault(entry.getKey(), List.of());
      if (left.size() != right.size()) {
        return false;
      }
      for (int i = 0; i < left.size(); i++) {
        if (!same(left.get(i), right.get(i))) {
          return false;
        }
      }
    }
    return true;
  }

  /** The values of each name, in the order of the document. */
  public static Map<String, List<Json>> byName(Json.Obj object) {
    Map<String, List<Json>> byName = new LinkedHashMap<>();
    for (Json.Member member : object.members()) {
      byName.computeIfAbsent(member.name(), name -> new ArrayList<>(1)).add(member.value());
    }
    return byName;
  }
}
