package dev.banyan.rules;

import dev.banyan.rules.GatePolicy.Contracts;
import dev.banyan.rules.ShadowPolicy.Credentials;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the policies of a route: shadow, budget and gate. */
final class PolicyReader {
  private static final Pattern METHOD = Pattern.compile("[A-Z][A-Z-]{0,31}");

  private PolicyReader() {}

  static ShadowPolicy shadow(@Nullable RuleNode node) {
    ShadowPolicy standard = ShadowPolicy.DEFAULT;
    if (node == null) {
      return standard;
    }
    Map<String, RuleNode> fields =
        node.fields(List.of("sample", "methods", "credentials", "timeout", "max-body"));
    Set<String> methods =
        fields.containsKey("methods") ? methods(fields.get("methods")) : standard.methods();
    return new ShadowPolicy(
        read(fields, "sample", Share::parse, standard.sample()),
        methods,
        read(fields, "credentials", PolicyReader::credentials, standard.credentials()),
        read(fields, "timeout", Quantity::duration, standard.timeout()),
        read(fields, "max-body", Quantity::bytes, standard.maxBody()));
  }

  static Budget budget(@Nullable RuleNode node) {
    if (node == null) {
      return Budget.NONE;
    }
    Map<String, RuleNode> fields = node.fields(List.of("p95", "errors"));
    return new Budget(
        Optional.ofNullable(fields.get("p95")).map(n -> n.read(Quantity::duration, Duration.ZERO)),
        Optional.ofNullable(fields.get("errors")).map(n -> n.read(Share::parse, Share.NONE)));
  }

  static GatePolicy gate(@Nullable RuleNode node) {
    GatePolicy standard = GatePolicy.DEFAULT;
    if (node == null) {
      return standard;
    }
    Map<String, RuleNode> fields =
        node.fields(List.of("mismatches", "confidence", "samples", "contracts"));
    return new GatePolicy(
        read(fields, "mismatches", Share::parse, standard.mismatches()),
        read(fields, "confidence", Quantity::confidence, standard.confidence()),
        read(fields, "samples", Quantity::count, standard.samples()),
        read(fields, "contracts", PolicyReader::contracts, standard.contracts()));
  }

  static Set<String> methods(RuleNode node) {
    Set<String> methods = new HashSet<>();
    for (RuleNode item : node.items()) {
      methods.add(item.read(PolicyReader::method, "GET"));
    }
    return methods;
  }

  private static String method(String text) {
    if (!METHOD.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "method: " + text + " (expected an upper-case method such as GET)");
    }
    return text;
  }

  private static Credentials credentials(String text) {
    return switch (text) {
      case "drop" -> Credentials.DROP;
      case "forward" -> Credentials.FORWARD;
      default ->
          throw new IllegalArgumentException(
              "credentials: " + text + " (expected drop or forward)");
    };
  }

  private static Contracts contracts(String text) {
    return switch (text) {
      case "required" -> Contracts.REQUIRED;
      case "not-required" -> Contracts.NOT_REQUIRED;
      default ->
          throw new IllegalArgumentException(
              "contracts: " + text + " (expected required or not-required)");
    };
  }

  private static <T> T read(
      Map<String, RuleNode> fields, String name, Function<String, T> parser, T standard) {
    RuleNode field = fields.get(name);
    return field == null ? standard : field.read(parser, standard);
  }
}
