package dev.banyan.parity;

import dev.banyan.parity.Difference.Kind;
import dev.banyan.parity.align.Aligner;
import dev.banyan.parity.align.Alignment;
import dev.banyan.parity.align.Deadline;
import dev.banyan.parity.align.Numbering;
import dev.banyan.parity.json.Json;
import dev.banyan.parity.json.JsonEquality;
import dev.banyan.parity.json.JsonText;
import dev.banyan.parity.rules.Explanation;
import dev.banyan.parity.rules.Sight;
import dev.banyan.rules.CompareProfile;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds where two JSON trees differ. One use, one thread. */
final class JsonComparison {
  private final CompareProfile.Arrays arrays;
  private final Keys keys;
  private final JsonEquality equality;
  private final Aligner aligner = new Aligner();
  private final Findings findings;

  JsonComparison(CompareProfile profile, Findings findings) {
    this.arrays = profile.arrays();
    this.keys = new Keys(profile.keys());
    this.equality = new JsonEquality(arrays);
    this.findings = findings;
  }

  void compare(String root, Json control, Json candidate) {
    if (!equality.same(control, candidate)) {
      differing(root, control, candidate);
    }
  }

  /** Looks for the differences of two values that are known not to be the same. */
  private void differing(String at, Json control, Json candidate) {
    if (findings.full()) {
      return;
    }
    Deadline.step();
    Sight sight = new Sight(at, control, candidate);
    Optional<Explanation.Reshaped> reshaped = findings.reshaped(sight);
    if (reshaped.isPresent()) {
      Json left = reshaped.get().control();
      Json right = reshaped.get().candidate();
      if (!equality.same(left, right)) {
        unalike(new Sight(at, left, right), left, right);
      }
      return;
    }
    unalike(sight, control, candidate);
  }

  private void unalike(Sight sight, Json control, Json candidate) {
    if (control instanceof Json.Obj left && candidate instanceof Json.Obj right) {
      objects(sight.location(), JsonEquality.byName(left), JsonEquality.byName(right));
    } else if (control instanceof Json.Arr left && candidate instanceof Json.Arr right) {
      arrays(sight.location(), left.items(), right.items());
    } else {
      Kind kind = Json.sameType(control, candidate) ? Kind.VALUE : Kind.TYPE;
      findings.add(sight, kind);
    }
  }

  private void objects(
      String at, Map<String, List<Json>> control, Map<String, List<Json>> candidate) {
    List<String> onlyLeft = without(control, candidate);
    List<String> onlyRight = without(candidate, control);
    control.forEach(
        (name, values) ->
            members(at, name, values, candidate.getOrDefault(name, List.of()), onlyRight));
    for (String name : onlyRight) {
      members(at, name, List.of(), candidate.getOrDefault(name, List.of()), onlyLeft);
    }
  }

  private static List<String> without(
      Map<String, List<Json>> these, Map<String, List<Json>> those) {
    return these.keySet().stream().filter(name -> !those.containsKey(name)).toList();
  }

  private void members(
      String at, String name, List<Json> control, List<Json> candidate, List<String> strangers) {
    int both = Math.min(control.size(), candidate.size());
    for (int i = 0; i < both; i++) {
      if (!equality.same(control.get(i), candidate.get(i))) {
        differing(Location.member(at, name), control.get(i), candidate.get(i));
      }
    }
    oneSided(Location.member(at, name), control, candidate, both, strangers);
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
    boolean ordered = arrays == CompareProfile.Arrays.ORDERED;

    Numbering byKey = keys.numbering(at, left, right);
    if (byKey != null) {
      byKey(at, left, right, byKey);
      return;
    }
    Numbering byValue = equality.numbering(left, right);
    if (ordered && byValue.sameMultiset()) {
      order(at, control.subList(head, control.size()), candidate.subList(head, candidate.size()));
      return;
    }
    align(at, left, right, ordered ? aligner.ordered(byValue) : Alignment.unordered(byValue));
  }

  /** Elements of one key belong together, in whatever order; another order is a difference too. */
  private void byKey(String at, List<Json> left, List<Json> right, Numbering byKey) {
    boolean ordered = arrays == CompareProfile.Arrays.ORDERED;
    boolean moved = ordered && byKey.sameMultiset() && !Arrays.equals(byKey.left(), byKey.right());
    if (moved) {
      order(at, left, right);
    }
    align(at, left, right, moved || !ordered ? Alignment.unordered(byKey) : aligner.ordered(byKey));
  }

  private void order(String at, List<Json> control, List<Json> candidate) {
    findings.add(
        new Sight(at, Json.Arr.of(control, arrays), Json.Arr.of(candidate, arrays)),
        Kind.ORDER,
        new Excerpt.Pair(JsonText.brief(control), JsonText.brief(candidate)));
  }

  private void align(String at, List<Json> left, List<Json> right, Alignment alignment) {
    for (Alignment.Pair pair : alignment.pairs()) {
      if (!equality.same(left.get(pair.left()), right.get(pair.right()))) {
        differing(Location.element(at), left.get(pair.left()), right.get(pair.right()));
      }
    }
    for (Alignment.Gap gap : alignment.gaps()) {
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
    oneSided(Location.element(at), control, candidate, both, List.of());
  }

  private void oneSided(
      String at, List<Json> control, List<Json> candidate, int from, List<String> strangers) {
    for (int i = from; i < control.size() && !findings.full(); i++) {
      findings.add(new Sight(at, control.get(i), null, strangers), Kind.MISSING);
    }
    for (int i = from; i < candidate.size() && !findings.full(); i++) {
      findings.add(new Sight(at, null, candidate.get(i), strangers), Kind.EXTRA);
    }
  }

  private static Json fromEnd(List<Json> list, int index) {
    return list.get(list.size() - 1 - index);
  }
}
