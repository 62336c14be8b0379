package dev.banyan.rules;

import dev.banyan.rules.CompareProfile.Accepted;
import dev.banyan.rules.CompareProfile.Tolerance;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what a profile accepts, and who answers for it. */
final class ToleranceReader {
  private static final List<String> KEYS =
      List.of("name", "at", "kind", "rule", "owner", "reason", "expires");
  private static final Map<String, String> KINDS =
      Map.of(
          "value", "value", "missing", "missing", "extra", "extra", "type", "type", "order",
          "order", "bytes", "bytes");

  private ToleranceReader() {}

  static List<Tolerance> read(RuleNode node) {
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

  /** A rule by its word; another word is an IllegalArgumentException. */
  static CompareRule rule(String word) {
    return CompareRule.named(word)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "rule: "
                        + word
                        + " ("
                        + Suggestion.of(
                            word, CompareRule.words(Arrays.asList(CompareRule.values())))
                        + ")"));
  }

  private static Tolerance tolerance(RuleNode node) {
    Fields fields = node.fields(KEYS);
    String name = text(fields, "name", "every tolerance is counted under its name");
    String at = text(fields, "at", "the place, such as $.items[*].price or header.etag");
    Accepted accepts = accepts(fields);
    if (at.equals(CompareProfile.EVERYWHERE) && accepts instanceof Accepted.Kind) {
      fields
          .at("at")
          .problem("at: ** without a rule", "name one place, or a rule in place of kind");
    }
    return new Tolerance(
        name,
        at,
        accepts,
        text(fields, "owner", "somebody answers for it"),
        text(fields, "reason", "say why it is accepted"),
        fields.find("expires").flatMap(n -> n.value(ToleranceReader::day)));
  }

  private static Accepted accepts(Fields fields) {
    Optional<RuleNode> rule = fields.find("rule");
    if (rule.isPresent() && fields.find("kind").isPresent()) {
      rule.get().problemAtKey("kind and rule together", "keep one of the two");
    }
    if (rule.isPresent()) {
      return rule.get()
          .text(ToleranceReader::rule)
          .<Accepted>map(Accepted.Rule::new)
          .orElseGet(() -> new Accepted.Kind(""));
    }
    return new Accepted.Kind(
        fields
            .required("kind", Suggestion.of("", KINDS.keySet()))
            .flatMap(n -> n.text(text -> PolicyReader.word("kind", text, KINDS)))
            .orElse(""));
  }

  private static LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException other) {
      throw new IllegalArgumentException(
          "expires: " + text + " (expected a day such as 2027-01-31)", other);
    }
  }

  private static String text(Fields fields, String key, String cure) {
    return fields.required(key, cure).flatMap(RuleNode::text).orElse("");
  }
}
