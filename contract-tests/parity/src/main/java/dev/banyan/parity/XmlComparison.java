package dev.banyan.parity;

import dev.banyan.parity.Difference.Kind;
import dev.banyan.parity.align.Aligner;
import dev.banyan.parity.align.Alignment;
import dev.banyan.parity.align.Deadline;
import dev.banyan.parity.align.Numbering;
import dev.banyan.parity.json.Json;
import dev.banyan.parity.rules.Sight;
import dev.banyan.parity.xml.XmlNode;
import dev.banyan.parity.xml.XmlNode.Element;
import dev.banyan.rules.CompareProfile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds where two trees of elements differ. Places are written as paths of local names, as prefixes
 * say nothing; a step stands for all elements of its name. One use, one thread.
 */
final class XmlComparison {
  private final Findings findings;
  private final Aligner aligner = new Aligner();

  XmlComparison(Findings findings) {
    this.findings = findings;
  }

  void compare(Element control, Element candidate) {
    if (control.equals(candidate)) {
      return;
    }
    if (!control.name().local().equals(candidate.name().local())) {
      oneSided("", control, null, List.of(candidate.name().local()));
      oneSided("", null, candidate, List.of(control.name().local()));
      return;
    }
    elements("", control, candidate, "", "");
  }

  /** Two elements of one local name. */
  private void elements(
      String parent, Element control, Element candidate, String leftSpace, String rightSpace) {
    if (findings.full()) {
      return;
    }
    Deadline.step();
    String at = step(parent, control);
    String left = control.name().namespace();
    String right = candidate.name().namespace();
    boolean inherited = left.equals(leftSpace) && right.equals(rightSpace);
    if (!left.equals(right) && !inherited) {
      // Said once, where it begins, and not again of every element below.
      texts(at + "/namespace-uri()", left, right);
    }
    if (control.isNil() != candidate.isNil()) {
      findings.add(
          new Sight(at, value(control), value(candidate)),
          Kind.TYPE,
          Excerpt.of(value(control), value(candidate)));
      return;
    }
    attributes(at, control, candidate);
    if (control.isLeaf() && candidate.isLeaf()) {
      texts(at, control.text(), candidate.text());
    } else {
      children(at, control, candidate);
    }
  }

  private void attributes(String at, Element control, Element candidate) {
    Set<XmlNode.Name> names = new TreeSet<>(control.attributes().keySet());
    names.addAll(candidate.attributes().keySet());
    for (XmlNode.Name name : names) {
      String place = at + "/@" + name.local();
      String left = control.attributes().get(name);
      String right = candidate.attributes().get(name);
      if (left != null && right != null) {
        texts(place, left, right);
      } else {
        Json there = Json.Text.of(Objects.requireNonNull(left == null ? right : left));
        Sight sight = new Sight(place, left == null ? null : there, right == null ? null : there);
        findings.add(
            sight,
            left == null ? Kind.EXTRA : Kind.MISSING,
            Excerpt.of(sight.control(), sight.candidate()));
      }
    }
  }

  private void texts(String at, String control, String candidate) {
    if (!control.equals(candidate)) {
      Sight sight = new Sight(at, Json.Text.of(control), Json.Text.of(candidate));
      findings.add(sight, Kind.VALUE, Excerpt.of(sight.control(), sight.candidate()));
    }
  }

  private void children(String at, Element control, Element candidate) {
    List<XmlNode> left = withoutBlanks(control);
    List<XmlNode> right = withoutBlanks(candidate);
    Numbering same = Numbering.of(left, right, Object::hashCode, Object::equals);
    if (same.sameMultiset()) {
      if (!left.equals(right)) {
        order(at, left, right);
      }
      return;
    }
    Numbering byName =
        Numbering.of(left, right, node -> key(node).hashCode(), XmlComparison::alike);
    if (byName.sameMultiset() && !Arrays.equals(byName.left(), byName.right())) {
      order(at, left, right);
      for (Alignment.Pair pair : Alignment.unordered(byName).pairs()) {
        nodes(at, control, candidate, left.get(pair.left()), right.get(pair.right()));
      }
      return;
    }
    for (Alignment.Gap gap : aligner.ordered(same).gaps()) {
      gap(at, control, candidate, gap.control(left), gap.candidate(right));
    }
  }

  /** Between two nodes that are the same on both sides: by name, then what is left over. */
  private void gap(
      String at, Element control, Element candidate, List<XmlNode> left, List<XmlNode> right) {
    Numbering byName =
        Numbering.of(left, right, node -> key(node).hashCode(), XmlComparison::alike);
    Alignment alignment = aligner.ordered(byName);
    for (Alignment.Pair pair : alignment.pairs()) {
      nodes(at, control, candidate, left.get(pair.left()), right.get(pair.right()));
    }
    List<String> onLeft = new ArrayList<>();
    List<String> onRight = new ArrayList<>();
    for (Alignment.Gap rest : alignment.gaps()) {
      rest.control(left).forEach(node -> onLeft.add(key(node)));
      rest.candidate(right).forEach(node -> onRight.add(key(node)));
    }
    for (Alignment.Gap rest : alignment.gaps()) {
      rest.control(left).forEach(node -> oneSided(at, node, null, onRight));
      rest.candidate(right).forEach(node -> oneSided(at, null, node, onLeft));
    }
  }

  /** White space in a leaf is text; beside the other side's elements it is not. */
  private static List<XmlNode> withoutBlanks(Element element) {
    return element.isLeaf() && element.text().isBlank() ? List.of() : element.children();
  }

  private void nodes(
      String at, Element leftParent, Element rightParent, XmlNode control, XmlNode candidate) {
    if (control instanceof Element left && candidate instanceof Element right) {
      if (!left.equals(right)) {
        elements(at, left, right, leftParent.name().namespace(), rightParent.name().namespace());
      }
    } else if (control instanceof XmlNode.Text left && candidate instanceof XmlNode.Text right) {
      texts(at + "/text()", left.value(), right.value());
    }
  }

  private void order(String at, List<XmlNode> left, List<XmlNode> right) {
    Json.Arr control = names(left);
    Json.Arr candidate = names(right);
    String place = at.isEmpty() ? "/" : at;
    findings.add(new Sight(place, control, candidate), Kind.ORDER, Excerpt.of(control, candidate));
  }

  private static Json.Arr names(List<XmlNode> nodes) {
    return Json.Arr.of(
        nodes.stream().<Json>map(node -> Json.Text.of(key(node))).toList(),
        CompareProfile.Arrays.ORDERED);
  }

  private void oneSided(
      String at, @Nullable XmlNode control, @Nullable XmlNode candidate, List<String> strangers) {
    XmlNode there = Objects.requireNonNull(control == null ? candidate : control);
    String place = there instanceof Element element ? step(at, element) : at + "/text()";
    Sight sight =
        new Sight(
            place,
            control == null ? null : value(control),
            candidate == null ? null : value(candidate),
            strangers);
    findings.add(
        sight,
        control == null ? Kind.EXTRA : Kind.MISSING,
        Excerpt.of(sight.control(), sight.candidate()));
  }

  private static Json value(XmlNode node) {
    return switch (node) {
      case XmlNode.Text text -> Json.Text.of(text.value());
      case Element element when element.isNil() -> Json.Word.NULL;
      case Element element when element.isLeaf() -> Json.Text.of(element.text());
      case Element element -> names(element.children());
    };
  }

  private static String key(XmlNode node) {
    return node instanceof Element element ? step("", element).substring(1) : "text()";
  }

  private static boolean alike(XmlNode a, XmlNode b) {
    return key(a).equals(key(b));
  }

  /** Fields of a page are told apart by their names: all of them are inputs. */
  private static String step(String parent, Element element) {
    String local = element.name().local();
    String shown = local.length() <= 100 ? local : local.substring(0, 99) + "…";
    String field = element.attributes().get(new XmlNode.Name("", "name"));
    return field != null && local.equals("input") && field.length() <= 100
        ? parent + "/" + shown + "[@name='" + field + "']"
        : parent + "/" + shown;
  }
}
