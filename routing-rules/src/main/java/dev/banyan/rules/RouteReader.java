package dev.banyan.rules;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads one route. Whether the names it uses are defined is checked when everything is read. */
final class RouteReader {
  private static final List<String> KEYS =
      List.of(
          "id",
          "match",
          "legacy",
          "migrated",
          "refuse",
          "stage",
          "shadow",
          "compare",
          "budget",
          "gate");
  private static final List<String> MATCH_KEYS =
      List.of("methods", "host", "path", "headers", "query");
  private static final List<String> FORWARD_ONLY =
      List.of("legacy", "migrated", "stage", "shadow", "compare", "budget", "gate");
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
  private static final Pattern HOST =
      Pattern.compile(
          "(\\*\\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*|\\[[0-9a-f:]+]");
  private static final PathTemplate ANYTHING = PathTemplate.parse("/**");

  private RouteReader() {}

  static Route read(RuleNode node) {
    Map<String, RuleNode> fields = node.fields(KEYS);
    String id =
        node.required(fields, "id", "give the route a name such as catalog.product")
            .map(n -> n.read(RouteReader::id, ""))
            .orElse("");
    RouteMatch match =
        node.required(fields, "match", "say which requests it takes: match: { path: /** }")
            .map(RouteReader::match)
            .orElseGet(
                () -> new RouteMatch(Set.of(), Optional.empty(), ANYTHING, Map.of(), Map.of()));
    return new Route(id, match, target(node, fields));
  }

  private static RouteTarget target(RuleNode node, Map<String, RuleNode> fields) {
    RuleNode refuse = fields.get("refuse");
    if (refuse != null) {
      for (String key : FORWARD_ONLY) {
        if (fields.containsKey(key)) {
          fields
              .get(key)
              .problem(key + " beside refuse", "a route that refuses names nothing else");
        }
      }
      return new RouteTarget.Refusal(refuse.read(RouteReader::refusal, 403));
    }
    String legacy =
        node.required(fields, "legacy", "name the legacy upstream, or write refuse: 403")
            .flatMap(RuleNode::text)
            .orElse("");
    Optional<String> migrated = Optional.ofNullable(fields.get("migrated")).flatMap(RuleNode::text);
    Stage stage =
        Optional.ofNullable(fields.get("stage"))
            .map(n -> n.read(Stage::parse, (Stage) new Stage.Legacy()))
            .orElseGet(Stage.Legacy::new);
    if (migrated.isEmpty() && !(stage instanceof Stage.Legacy)) {
      node.at("stage")
          .problem("stage: " + stage.text(), "name the migrated upstream, or write stage: legacy");
    }
    String profile =
        Optional.ofNullable(fields.get("compare"))
            .flatMap(RuleNode::text)
            .orElse(CompareProfile.STRICT.name());
    return new RouteTarget.Forward(
        legacy,
        migrated,
        stage,
        PolicyReader.shadow(fields.get("shadow")),
        profile,
        PolicyReader.budget(fields.get("budget")),
        PolicyReader.gate(fields.get("gate")));
  }

  private static RouteMatch match(RuleNode node) {
    Map<String, RuleNode> fields = node.fields(MATCH_KEYS);
    return new RouteMatch(
        fields.containsKey("methods") ? PolicyReader.methods(fields.get("methods")) : Set.of(),
        Optional.ofNullable(fields.get("host")).map(n -> n.read(RouteReader::host, "")),
        node.required(fields, "path", "say which paths, such as /api/products/{id} or /**")
            .map(n -> n.read(PathTemplate::parse, ANYTHING))
            .orElse(ANYTHING),
        conditions(fields.get("headers"), Names.LOWER_CASE),
        conditions(fields.get("query"), Names.AS_WRITTEN));
  }

  private enum Names {
    LOWER_CASE,
    AS_WRITTEN
  }

  private static Map<String, String> conditions(
      @org.jspecify.annotations.Nullable RuleNode node, Names names) {
    Map<String, String> conditions = new HashMap<>();
    if (node != null) {
      node.entries("names and values")
          .forEach(
              (name, value) ->
                  conditions.put(
                      names == Names.LOWER_CASE ? name.toLowerCase(Locale.ROOT) : name,
                      value.text().orElse("")));
    }
    return conditions;
  }

  private static String id(String text) {
    if (!ID.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "id: " + text + " (expected up to 100 letters, digits, dots, dashes and underscores)");
    }
    return text;
  }

  private static String host(String text) {
    String host = text.toLowerCase(Locale.ROOT);
    if (!HOST.matcher(host).matches()) {
      throw new IllegalArgumentException(
          "host: " + text + " (expected a name such as shop.example or *.example, without port)");
    }
    return host;
  }

  private static int refusal(String text) {
    if (!text.matches("[45]\\d\\d")) {
      throw new IllegalArgumentException("refuse: " + text + " (expected a status of 400 to 599)");
    }
    return Integer.parseInt(text);
  }
}
