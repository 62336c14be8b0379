package dev.banyan.parity;

import dev.banyan.parity.Difference.Kind;
import dev.banyan.rules.CompareProfile;
import java.util.List;
import java.util.Map;

/** Finds where two JSON trees differ. One use, one thread. */
final class JsonComparison {
  private final CompareProfile.Arrays arrays;
  private final JsonEquality equality;
  private final ArrayAlignment alignment = new ArrayAlignment();
  private final Findings findings;

  JsonComparison(CompareProfile.Arrays arrays, Findings findings) {
    this.arrays = arrays;
    this.equality = new JsonEquality(arrays);
    this.findings = findings;
  }

  void compare(Json control, Json candidate) {
    if (!equality.same(control, candidate)) {
      differing("$", control, candidate);
    }
  }

  /** Looks for the differences of two values that are known not to be the same. */
  private void differing(String at, Json control, Json candidate) {
    if (findings.full()) {
      return;
    }
    if (control instanceof Json.Obj left && candidate instanceof Json.Obj right) {
      objects(at, JsonEquality.byName(left), JsonEquality.byName(right));
    } else if (control instanceof Json.Arr left && candidate instanceof Json.Arr right) {
      arrays(at, left.items(), right.items());
    } else {
      Kind kind = Json.sameType(control, candidate) ? Kind.VALUE : Kind.TYPE;
      Excerpt.Pair shown =
          control instanceof Json.Text left && candidate instanceof Json.Text right
              ? Excerpt.ofTexts(JsonText.quoted(left.value()), JsonText.quoted(right.value()))
              : new Excerpt.Pair(JsonText.brief(control), JsonText.brief(candidate));
      findings.add(at, kind, shown.control(), shown.candidate());
    }
  }

  private void objects(
      String at, Map<String, List<Json>> control, Map<String, List<Json>> candidate) {
    control.forEach(
        (name, values) -> members(at, name, values, candidate.getOrDefault(name, List.of())));
    candidate.forEach(
        (name, values) -> {
          if (!control.containsKey(name)) {
            members(at, name, List.of(), values);
          }
        });
  }

  private void members(String at, String name, List<Json> control, List<Json> candidate) {
    int both = Math.min(control.size(), candidate.size());
    for (int i = 0; i < both; i++) {
      if (!equality.same(control.get(i), candidate.get(i))) {
        differing(Location.member(at, name), control.get(i), candidate.get(i));
      }
    }
    oneSided(Location.member(at, name), control, candidate, both);
  }

  private void arrays(String at, List<Json> control, List<Json> candidate) {
    int shorter = Math.min(control.size(), candidate.size());
    int head = 0;
    while (head < shorter && equality.same(control.get(head), candidate.get(head))) {
      head++;
    }
    int tail = 0;
    while (tail < shorter - head
        && equality.same(fromEnd(control, tail), fromEnd(candidate, tail))) {
      tail++;
    }
    List<Json> left = control.subList(head, control.size() - tail);
    List<Json> right = candidate.subList(head, candidate.size() - tail);

    JsonEquality.Classes classes = equality.classes(left, right);
    if (arrays == CompareProfile.Arrays.ORDERED && classes.sameMultiset()) {
      Excerpt.Pair shown =
          new Excerpt.Pair(
              JsonText.brief(control.subList(head, control.size())),
              JsonText.brief(candidate.subList(head, candidate.size())));
      findings.add(at, Kind.ORDER, shown.control(), shown.candidate());
      return;
    }
    for (ArrayAlignment.Gap gap : alignment.gaps(classes, arrays)) {
      gap(at, gap.control(left), gap.candidate(right));
    }
  }

  /**
   * Between two aligned elements: those of both sides are taken for changed, the rest stands alone.
   */
  private void gap(String at, List<Json> control, List<Json> candidate) {
    int both = Math.min(control.size(), candidate.size());
    for (int i = 0; i < both; i++) {
      if (!equality.same(control.get(i), candidate.get(i))) {
        differing(Location.element(at), control.get(i), candidate.get(i));
      }
    }
    oneSided(Location.element(at), control, candidate, both);
  }

  private void oneSided(String at, List<Json> control, List<Json> candidate, int from) {
    for (int i = from; i < control.size() && !findings.full(); i++) {
      findings.add(at, Kind.MISSING, JsonText.brief(control.get(i)), "");
    }
    for (int i = from; i < candidate.size() && !findings.full(); i++) {
      findings.add(at, Kind.EXTRA, "", JsonText.brief(candidate.get(i)));
    }
  }

  private static Json fromEnd(List<Json> list, int index) {
    return list.get(list.size() - 1 - index);
  }
}
