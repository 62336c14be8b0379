package dev.banyan.rules;

import dev.banyan.rules.GatePolicy.Contracts;
import dev.banyan.rules.GatePolicy.FourEyes;
import dev.banyan.rules.PathMatching.Letters;
import dev.banyan.rules.PathMatching.TrailingSlash;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the policies of a route (budget and gate), of all paths, and what is private. */
final class PolicyReader {
  private static final Pattern METHOD = Pattern.compile("[A-Z][A-Z-]{0,31}");
  private static final Map<String, Contracts> CONTRACTS =
      Map.of("required", Contracts.REQUIRED, "not-required", Contracts.NOT_REQUIRED);
  private static final Map<String, FourEyes> FOUR_EYES =
      Map.of("required", FourEyes.REQUIRED, "not-required", FourEyes.NOT_REQUIRED);

  private static final Map<String, Letters> CASES =
      Map.of("sensitive", Letters.SENSITIVE, "insensitive", Letters.INSENSITIVE);
  private static final Map<String, TrailingSlash> SLASHES =
      Map.of("significant", TrailingSlash.SIGNIFICANT, "ignored", TrailingSlash.IGNORED);

  private PolicyReader() {}

  static PathMatching paths(RuleNode node) {
    PathMatching standard = PathMatching.AS_WRITTEN;
    Fields fields = node.fields(List.of("case", "trailing-slash"));
    return new PathMatching(
        fields
            .find("case")
            .flatMap(n -> n.text(text -> word("case", text, CASES)))
            .orElse(standard.letters()),
        fields
            .find("trailing-slash")
            .flatMap(n -> n.text(text -> word("trailing-slash", text, SLASHES)))
            .orElse(standard.trailingSlash()));
  }

  /** Names and places as written. */
  static Set<String> privateFields(RuleNode node) {
    Set<String> written = new HashSet<>();
    node.fields(List.of("fields"))
        .required("fields", "list names or places, such as [iban, $.customer.name]")
        .ifPresent(
            list -> {
              for (RuleNode field : list.oneOrMore("list at least one name or place")) {
                field.text(PolicyReader::privateField).ifPresent(written::add);
              }
            });
    return written;
  }

  private static String privateField(String text) {
    if (text.isBlank() || text.length() > 200 || text.contains("**")) {
      throw new IllegalArgumentException(
          "private field: "
              + text
              + " (expected: a name, or a place such as $.customer.name, /Order/Name, header.x-user,"
              + " query.name or form.name)");
    }
    return text.strip();
  }

  static Budget budget(RuleNode node) {
    Fields fields = node.fields(List.of("p95", "errors", "slower"));
    return new Budget(
        fields.find("p95").flatMap(n -> n.value(Quantity::duration)),
        fields.find("errors").flatMap(n -> n.value(Quantity::share)),
        fields.find("slower").flatMap(n -> n.value(Quantity::share)));
  }

  static GatePolicy gate(RuleNode node) {
    GatePolicy standard = GatePolicy.DEFAULT;
    Fields fields =
        node.fields(
            List.of(
                "mismatches",
                "confidence",
                "samples",
                "skipped",
                "shapes",
                "contracts",
                "contracts-max-age",
                "four-eyes"));
    return new GatePolicy(
        fields
            .find("mismatches")
            .flatMap(n -> n.value(Quantity::share))
            .orElse(standard.mismatches()),
        fields
            .find("confidence")
            .flatMap(n -> n.value(Quantity::confidence))
            .orElse(standard.confidence()),
        fields
            .find("samples")
            .flatMap(n -> n.number(1, Integer.MAX_VALUE))
            .orElse(standard.samples()),
        fields.find("skipped").flatMap(n -> n.value(Quantity::share)).orElse(standard.skipped()),
        fields.find("shapes").flatMap(n -> n.value(Quantity::share)).orElse(standard.shapes()),
        fields
            .find("contracts")
            .flatMap(n -> n.text(text -> word("contracts", text, CONTRACTS)))
            .orElse(standard.contracts()),
        fields
            .find("contracts-max-age")
            .flatMap(n -> n.value(Quantity::duration))
            .orElse(standard.contractsMaxAge()),
        fields
            .find("four-eyes")
            .flatMap(n -> n.text(text -> word("four-eyes", text, FOUR_EYES)))
            .orElse(standard.fourEyes()));
  }

  static Set<String> methods(RuleNode node, String cureForNone) {
    Set<String> methods = new HashSet<>();
    for (RuleNode item : node.oneOrMore(cureForNone)) {
      item.text(PolicyReader::method).ifPresent(methods::add);
    }
    return methods;
  }

  /** One of few words. */
  static <T> T word(String what, String text, Map<String, T> words) {
    T found = words.get(text);
    if (found == null) {
      throw new IllegalArgumentException(
          what + ": " + text + " (" + Suggestion.of(text, words.keySet()) + ")");
    }
    return found;
  }

  private static String method(String text) {
    if (!METHOD.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "method: " + text + " (expected an upper-case method such as GET)");
    }
    return text;
  }
}
