package dev.banyan.rules;

import dev.banyan.rules.CompareProfile.Arrays;
import dev.banyan.rules.CompareProfile.Tolerance;
import dev.banyan.rules.protobuf.DescriptorSet;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one comparison profile. */
final class ProfileReader {
  private static final List<String> KEYS =
      List.of(
          "extends", "headers", "arrays", "keys", "rules", "tolerate", "descriptors", "message");
  private static final Map<String, Boolean> SWITCH = Map.of("on", true, "off", false);
  private static final Map<String, Arrays> ARRAYS =
      Map.of("ordered", Arrays.ORDERED, "unordered", Arrays.UNORDERED);

  private ProfileReader() {}

  /**
   * A profile as it is written: what it leaves open is taken from the one it extends.
   *
   * @param parentName the one it extends, settled when all profiles are read
   * @param message the type of plain bodies; looked up when it is known which set counts
   */
  record Written(
      String name,
      Fields fields,
      Optional<String> parentName,
      Optional<Set<String>> headers,
      Optional<Arrays> arrays,
      Map<String, String> keys,
      Map<CompareRule, Boolean> rules,
      List<Tolerance> tolerances,
      Optional<DescriptorSet> descriptors,
      Optional<String> message) {

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
      Map<String, String> allKeys = new LinkedHashMap<>(base.keys());
      allKeys.putAll(keys);
      return new CompareProfile(
          name,
          headers.orElse(base.headers()),
          arrays.orElse(base.arrays()),
          allKeys,
          rulesOn(base),
          all,
          protobuf(base));
    }

    private Optional<ProtobufTypes> protobuf(CompareProfile base) {
      Optional<DescriptorSet> set = descriptors.or(() -> base.protobuf().map(ProtobufTypes::set));
      Optional<String> named = message.or(() -> base.protobuf().flatMap(ProtobufTypes::message));
      if (set.isPresent()) {
        Set<String> known = set.get().messageNames();
        named
            .filter(name -> !known.contains(name))
            .ifPresent(name -> fields.at("message").undefined("message", name, known));
      } else if (message.isPresent() && fields.find("descriptors").isEmpty()) {
        fields.at("message").problem("message: " + message.get(), "name its descriptors beside it");
      }
      return set.map(types -> new ProtobufTypes(types, named));
    }

    private Set<CompareRule> rulesOn(CompareProfile base) {
      Set<CompareRule> on = EnumSet.noneOf(CompareRule.class);
      on.addAll(base.rules());
      rules.forEach(
          (rule, is) -> {
            if (is) {
              on.add(rule);
            } else {
              on.remove(rule);
            }
          });
      return on;
    }
  }

  static Written read(String name, RuleNode node, DescriptorFiles files) {
    Fields fields = node.fields(KEYS);
    return new Written(
        name,
        fields,
        fields.find("extends").flatMap(RuleNode::text),
        fields.find("headers").map(ProfileReader::headers),
        fields
            .find("arrays")
            .flatMap(n -> n.text(text -> PolicyReader.word("arrays", text, ARRAYS))),
        fields.find("keys").map(ProfileReader::keys).orElse(Map.of()),
        fields.find("rules").map(ProfileReader::rules).orElse(Map.of()),
        fields.find("tolerate").map(ToleranceReader::read).orElse(List.of()),
        fields.find("descriptors").flatMap(files::read),
        fields.find("message").flatMap(RuleNode::text));
  }

  private static Set<String> headers(RuleNode node) {
    Set<String> headers = new HashSet<>();
    for (RuleNode item : node.oneOrMore("name at least one header, or leave the key away")) {
      item.text(RouteReader::headerName).ifPresent(headers::add);
    }
    return headers;
  }

  /** Which rules are written on or off; what may be seen by a client wants an owner instead. */
  private static Map<CompareRule, Boolean> rules(RuleNode node) {
    Map<CompareRule, Boolean> rules = new EnumMap<>(CompareRule.class);
    node.entries("rules, such as time.fraction: off")
        .forEach(
            (word, value) -> {
              Optional<CompareRule> rule = CompareRule.named(word);
              Optional<Boolean> on = value.value(text -> PolicyReader.word("switch", text, SWITCH));
              if (rule.isEmpty()) {
                value.problemAtKey(
                    "unknown rule: " + word,
                    Suggestion.of(word, CompareRule.words(CompareRule.safe())));
              } else if (rule.get().trust() == CompareRule.Trust.OPT_IN && on.orElse(false)) {
                value.problemAtKey(
                    "rule " + word + " accepts what a client may see",
                    "name it under tolerate, with the place, an owner and a reason");
              } else {
                on.ifPresent(is -> rules.put(rule.get(), is));
              }
            });
    return rules;
  }

  private static Map<String, String> keys(RuleNode node) {
    Map<String, String> keys = new LinkedHashMap<>();
    node.entries("the places of arrays, such as $.lines: sku")
        .forEach((at, name) -> name.text().ifPresent(text -> keys.put(at, text)));
    return keys;
  }
}
