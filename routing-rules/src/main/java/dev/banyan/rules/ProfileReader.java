package dev.banyan.rules;

import dev.banyan.rules.CompareProfile.Arrays;
import dev.banyan.rules.CompareProfile.Tolerance;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one comparison profile. */
final class ProfileReader {
  private static final List<String> KEYS = List.of("extends", "headers", "arrays", "tolerate");
  private static final List<String> TOLERANCE_KEYS =
      List.of("name", "at", "kind", "owner", "reason");
  private static final List<String> KINDS =
      List.of("value", "missing", "extra", "type", "order", "bytes");

  private ProfileReader() {}

  /** Reads; {@code known} are the profiles it may extend. */
  static CompareProfile read(String name, RuleNode node, Map<String, CompareProfile> known) {
    Map<String, RuleNode> fields = node.fields(KEYS);
    CompareProfile base =
        fields.containsKey("extends")
            ? fields.get("extends").read(text -> base(text, known), CompareProfile.STRICT)
            : CompareProfile.STRICT;
    Set<String> headers = new HashSet<>(base.headers());
    if (fields.containsKey("headers")) {
      headers.clear();
      for (RuleNode item : fields.get("headers").items()) {
        item.text().ifPresent(header -> headers.add(header.toLowerCase(Locale.ROOT)));
      }
    }
    Arrays arrays =
        fields.containsKey("arrays")
            ? fields.get("arrays").read(ProfileReader::arrays, base.arrays())
            : base.arrays();
    List<Tolerance> tolerances = new ArrayList<>(base.tolerances());
    if (fields.containsKey("tolerate")) {
      Set<String> names = new HashSet<>();
      for (RuleNode item : fields.get("tolerate").items()) {
        Tolerance tolerance = tolerance(item);
        if (!names.add(tolerance.name())) {
          item.problem("tolerance stands twice: " + tolerance.name(), "give it another name");
        }
        tolerances.add(tolerance);
      }
    }
    return new CompareProfile(name, headers, arrays, tolerances);
  }

  private static CompareProfile base(String text, Map<String, CompareProfile> known) {
    return Optional.ofNullable(known.get(text))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "profile: "
                        + text
                        + " (expected one that stands above or is built in: "
                        + String.join(", ", known.keySet().stream().sorted().toList())
                        + ")"));
  }

  private static Arrays arrays(String text) {
    return switch (text) {
      case "ordered" -> Arrays.ORDERED;
      case "unordered" -> Arrays.UNORDERED;
      default ->
          throw new IllegalArgumentException(
              "arrays: " + text + " (expected ordered or unordered)");
    };
  }

  private static Tolerance tolerance(RuleNode node) {
    Map<String, RuleNode> fields = node.fields(TOLERANCE_KEYS);
    return new Tolerance(
        word(node, fields, "name", "every tolerance is counted under its name"),
        word(node, fields, "at", "the place, such as $.items[*].price or header.etag"),
        node.required(fields, "kind", "one of " + String.join(", ", KINDS))
            .map(kind -> kind.read(ProfileReader::kind, "value"))
            .orElse("value"),
        word(node, fields, "owner", "somebody answers for it"),
        word(node, fields, "reason", "say why it is accepted"));
  }

  private static String kind(String text) {
    if (!KINDS.contains(text)) {
      throw new IllegalArgumentException("kind: " + text + " (" + Suggestion.of(text, KINDS) + ")");
    }
    return text;
  }

  private static String word(
      RuleNode node, Map<String, RuleNode> fields, String name, String cure) {
    return node.required(fields, name, cure).flatMap(RuleNode::text).orElse("");
  }
}
