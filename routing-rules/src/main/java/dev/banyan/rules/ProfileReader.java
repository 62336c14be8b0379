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
  private static final Map<String, String> KINDS =
      Map.of(
          "value", "value", "missing", "missing", "extra", "extra", "type", "type", "order",
          "order", "bytes", "bytes");
  private static final Map<String, Arrays> ARRAYS =
      Map.of("ordered", Arrays.ORDERED, "unordered", Arrays.UNORDERED);

  private ProfileReader() {}

  /**
   * A profile as it is written: what it leaves open is taken from the one it extends.
   *
   * @param parentName the one it extends, settled when all profiles are read
   */
  record Written(
      String name,
      Fields fields,
      Optional<String> parentName,
      Optional<Set<String>> headers,
      Optional<Arrays> arrays,
      List<Tolerance> tolerances) {

    CompareProfile on(CompareProfile base) {
      List<Tolerance> all = new ArrayList<>(base.tolerances());
      for (Tolerance tolerance : tolerances) {
        if (base.tolerances().stream().anyMatch(t -> t.name().equals(tolerance.name()))) {
          fields
              .at("tolerate")
              .problemAtKey(
                  "tolerance " + tolerance.name() + " is inherited from " + base.name(),
                  "give it another name");
        }
        all.add(tolerance);
      }
      return new CompareProfile(
          name, headers.orElse(base.headers()), arrays.orElse(base.arrays()), all);
    }
  }

  static Written read(String name, RuleNode node) {
    Fields fields = node.fields(KEYS);
    return new Written(
        name,
        fields,
        fields.find("extends").flatMap(RuleNode::text),
        fields.find("headers").map(ProfileReader::headers),
        fields
            .find("arrays")
            .flatMap(n -> n.text(text -> PolicyReader.word("arrays", text, ARRAYS))),
        fields.find("tolerate").map(ProfileReader::tolerances).orElse(List.of()));
  }

  private static Set<String> headers(RuleNode node) {
    Set<String> headers = new HashSet<>();
    for (RuleNode item : node.oneOrMore("name at least one header, or leave the key away")) {
      item.text(RouteReader::headerName).ifPresent(headers::add);
    }
    return headers;
  }

  private static List<Tolerance> tolerances(RuleNode node) {
    List<Tolerance> tolerances = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (RuleNode item : node.list()) {
      Tolerance tolerance = tolerance(item);
      if (!tolerance.name().isEmpty() && !names.add(tolerance.name().toLowerCase(Locale.ROOT))) {
        item.problem("tolerance stands twice: " + tolerance.name(), "give it another name");
      }
      tolerances.add(tolerance);
    }
    return tolerances;
  }

  private static Tolerance tolerance(RuleNode node) {
    Fields fields = node.fields(TOLERANCE_KEYS);
    return new Tolerance(
        text(fields, "name", "every tolerance is counted under its name"),
        text(fields, "at", "the place, such as $.items[*].price or header.etag"),
        fields
            .required("kind", Suggestion.of("", KINDS.keySet()))
            .flatMap(n -> n.text(text -> PolicyReader.word("kind", text, KINDS)))
            .orElse(""),
        text(fields, "owner", "somebody answers for it"),
        text(fields, "reason", "say why it is accepted"));
  }

  private static String text(Fields fields, String key, String cure) {
    return fields.required(key, cure).flatMap(RuleNode::text).orElse("");
  }
}
