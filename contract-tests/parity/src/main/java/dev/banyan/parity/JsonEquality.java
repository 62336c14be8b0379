package dev.banyan.parity;

import dev.banyan.rules.CompareProfile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whether two JSON values mean the same. Hashes decide most cases, the walk confirms. */
final class JsonEquality {
  private final CompareProfile.Arrays arrays;

  JsonEquality(CompareProfile.Arrays arrays) {
    this.arrays = arrays;
  }

  boolean same(Json a, Json b) {
    if (a.hash() != b.hash()) {
      return false;
    }
    return switch (a) {
      case Json.Word word -> word == b;
      case Json.Text text -> b instanceof Json.Text other && text.value().equals(other.value());
      case Json.Num num -> b instanceof Json.Num other && num.value().equals(other.value());
      case Json.Arr arr -> b instanceof Json.Arr other && sameItems(arr.items(), other.items());
      case Json.Obj obj -> b instanceof Json.Obj other && sameMembers(obj, other);
    };
  }

  /**
   * Numbers the values of both lists so that two have one number exactly where they mean the same.
   */
  Classes classes(List<Json> a, List<Json> b) {
    Map<Long, List<Numbered>> known = new HashMap<>();
    int[] count = {0};
    return new Classes(number(a, known, count), number(b, known, count), count);
  }

  /** The numbers of two lists of values. */
  @SuppressWarnings("ArrayRecordComponent") // never compared, lives for one array
  record Classes(int[] left, int[] right, int[] count) {

    /** Whether both lists hold the same values, in whatever order. */
    boolean sameMultiset() {
      if (left.length != right.length) {
        return false;
      }
      int[] balance = new int[count[0]];
      for (int i = 0; i < left.length; i++) {
        balance[left[i]]++;
        balance[right[i]]--;
      }
      for (int rest : balance) {
        if (rest != 0) {
          return false;
        }
      }
      return true;
    }
  }

  private record Numbered(Json value, int number) {}

  private int[] number(List<Json> values, Map<Long, List<Numbered>> known, int[] count) {
    int[] numbers = new int[values.size()];
    for (int i = 0; i < numbers.length; i++) {
      Json value = values.get(i);
      List<Numbered> alike = known.computeIfAbsent(value.hash(), hash -> new ArrayList<>(1));
      int number = -1;
      for (Numbered candidate : alike) {
        if (same(candidate.value(), value)) {
          number = candidate.number();
          break;
        }
      }
      if (number < 0) {
        number = count[0]++;
        alike.add(new Numbered(value, number));
      }
      numbers[i] = number;
    }
    return numbers;
  }

  private boolean sameItems(List<Json> a, List<Json> b) {
    if (a.size() != b.size()) {
      return false;
    }
    if (arrays == CompareProfile.Arrays.UNORDERED) {
      return classes(a, b).sameMultiset();
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
  static Map<String, List<Json>> byName(Json.Obj object) {
    Map<String, List<Json>> byName = new LinkedHashMap<>();
    for (Json.Member member : object.members()) {
      byName.computeIfAbsent(member.name(), name -> new ArrayList<>(1)).add(member.value());
    }
    return byName;
  }
}
